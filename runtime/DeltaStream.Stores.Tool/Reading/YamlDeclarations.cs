using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Declarations;
using DeltaStream.Sdk.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DeltaStream.Stores.Tool.Reading;

/// <summary>Reads YAML with the places of its values: one document, by the core schema, without tags, anchors and aliases.</summary>
internal sealed partial class YamlDeclarations
{
    // As deep as the SDK reads JSON.
    private const int Deepest = 64;

    private readonly Parser _parser;
    private readonly List<StoreDeclarationFault> _faults = [];

    private YamlDeclarations(string text) => _parser = new Parser(new StringReader(text));

    /// <summary>Reads declarations. It finds all faults, and throws none.</summary>
    public static StoreDeclarations Read(byte[] yaml, StoreDeclarationOptions options)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(yaml).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(yaml, 0, e.Index);
            var place = new Mark(e.Index, before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
            return new StoreDeclarations([], [FaultAt("The text is no valid Unicode: save the file as UTF-8", place)]);
        }

        var reader = new YamlDeclarations(text);
        StoreNode? node;
        try
        {
            node = reader.Document();
        }
        catch (YamlException e)
        {
            reader._faults.Add(WhyNone(e, text));
            node = null;
        }
        catch (ArgumentException)
        {
            // The parser makes a character of each escape. Its own place is where the last thing began that it understood.
            var place = reader._parser.Current?.End ?? new Mark(0, 1, 1);
            reader._faults.Add(
                FaultAt("An escape after this place is no character: write the character itself", place)
            );
            node = null;
        }

        // What stands for something else can't be judged.
        return node is null || reader._faults.Count > 0
            ? new StoreDeclarations([], reader._faults)
            : new DeclarationReader(options).Read(node);
    }

    private StoreNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _faults.Add(FaultAt("The file is empty: declare a store, or write [] for none", new Mark(0, 1, 1)));
            return null;
        }

        _parser.Consume<DocumentStart>();
        var node = Value(1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _faults.Add(
                FaultAt("A file holds one document, and a second one begins here: write a list of stores", second.Start)
            );
        }

        return node;
    }

    private StoreNode Value(int depth)
    {
        var current = _parser.Consume<ParsingEvent>();
        var place = PlaceOf(current.Start);
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            _faults.Add(FaultAt("Anchors (&) and aliases (*) are not read: write the value here again", current.Start));
        }
        else if (current is NodeEvent { Tag.IsEmpty: false })
        {
            _faults.Add(FaultAt("Tags (!) are not read: remove the tag", current.Start));
        }

        if (depth > Deepest)
        {
            throw new SemanticErrorException(current.Start, current.End, "It is nested too deeply");
        }

        switch (current)
        {
            case MappingStart:
                var members = new List<StoreMember>();
                while (!_parser.TryConsume<MappingEnd>(out _))
                {
                    members.Add(Member(depth));
                }

                return new StoreNode(StoreNodeKind.Object, place) { Members = members };
            case SequenceStart:
                var items = new List<StoreNode>();
                while (!_parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(Value(depth + 1));
                }

                return new StoreNode(StoreNodeKind.List, place) { Items = items };
            case Scalar scalar:
                return Of(scalar, place);
            default:
                return new StoreNode(StoreNodeKind.Null, place);
        }
    }

    private StoreMember Member(int depth)
    {
        var isText = _parser.Accept<Scalar>(out var scalar) && scalar.Anchor.IsEmpty && scalar.Tag.IsEmpty;
        var key = Value(depth + 1);
        if (!isText && _faults.Count == 0)
        {
            _faults.Add(
                FaultAt("A name is a text: write it without brackets", new Mark(0, key.Place.Line, key.Place.Column))
            );
        }

        return new StoreMember(scalar?.Value ?? string.Empty, key.Place, Value(depth + 1));
    }

    // The core schema of YAML 1.2: yes, no, on and off are texts.
    private static StoreNode Of(Scalar scalar, StorePlace place)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            return new StoreNode(StoreNodeKind.Text, place) { Text = text };
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new StoreNode(StoreNodeKind.Null, place),
            "true" or "True" or "TRUE" => new StoreNode(StoreNodeKind.Boolean, place) { Flag = true },
            "false" or "False" or "FALSE" => new StoreNode(StoreNodeKind.Boolean, place),
            _ when Number().IsMatch(text) => new StoreNode(StoreNodeKind.Number, place) { Text = Decimal(text) },
            _ => new StoreNode(StoreNodeKind.Text, place) { Text = text },
        };
    }

    // The reader of declarations knows no other base.
    private static string Decimal(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
        && ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
        : text.StartsWith("0o", StringComparison.Ordinal) && text.Length < 22
            ? Convert.ToInt64(text[2..], 8).ToString(CultureInfo.InvariantCulture)
        : text;

    private static StoreDeclarationFault WhyNone(YamlException e, string text)
    {
        var message = e.Message.TrimEnd('.');
        // It names the block and not the line.
        var tab = text.Split('\n')
            .Index()
            .Skip((int)e.Start.Line - 1)
            .FirstOrDefault(l => l.Item.TrimStart(' ') is ['\t', ..]);
        return message.Contains(" tab ", StringComparison.Ordinal) && tab.Item is not null
                ? FaultAt("This is no YAML: a tab indents this line: write blanks", new Mark(0, tab.Index + 1, 1))
            // The parser's own message may quote the text, which may be a secret.
            : message.AsSpan().ContainsAny("'\"`") || message.Length == 0
                ? FaultAt("This is no YAML: check the indentation, quotes and brackets here", e.Start)
            : FaultAt(
                $"This is no YAML: {char.ToLowerInvariant(message[0])}{message[1..]}; check the indentation, quotes and brackets here",
                e.Start
            );
    }

    private static StoreDeclarationFault FaultAt(string message, Mark mark) =>
        new(message, JsonNodes.Syntax, string.Empty, (int)mark.Line, (int)mark.Column);

    private static StorePlace PlaceOf(Mark mark) => new((int)mark.Line, (int)mark.Column);

    // No NonBacktracking: such an expression is not compiled, and takes each run milliseconds to make.
    [GeneratedRegex(
        @"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Number();
}
