using System.Globalization;
using System.Text;
using System.Text.Json;
using DeltaStream.Sdk.Values;

namespace DeltaStream.Sdk.Declarations;

/// <summary>Reads JSON with the places of its values.</summary>
internal ref struct JsonNodes
{
    /// <summary>The code of a fault in the syntax.</summary>
    public const string Syntax = "syntax";

    // What the reader allows unless it is told otherwise. It does not count the bracket that it stands on.
    private const int Deepest = 63;

    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _lineAt;
    private int _seen;

    private JsonNodes(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8, with or without a byte-order mark.</param>
    /// <param name="fault">Why it is no JSON; null when it is.</param>
    /// <returns>The value; null when it is no JSON.</returns>
    public static StoreNode? Read(ReadOnlySpan<byte> json, out StoreDeclarationFault? fault)
    {
        fault = null;
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        var nodes = new JsonNodes(json);
        try
        {
            nodes._reader.Read();
            var node = nodes.Value();
            // What follows the value is a fault, too.
            nodes._reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            fault = nodes.Fault(e);
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with half of a surrogate pair, or bytes that are no UTF-8.
            var place = nodes.Place((int)nodes._reader.TokenStartIndex);
            fault = new StoreDeclarationFault(
                "The text is no valid Unicode: save the file as UTF-8, and write no half of a surrogate pair",
                Syntax,
                string.Empty,
                place.Line,
                place.Column
            );
            return null;
        }
    }

    private StoreNode Value()
    {
        var place = Place((int)_reader.TokenStartIndex);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<StoreMember>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (_reader.GetString()!, Place((int)_reader.TokenStartIndex));
                    _reader.Read();
                    members.Add(new StoreMember(name, at, Value()));
                }

                return new StoreNode(StoreNodeKind.Object, place) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<StoreNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value());
                }

                return new StoreNode(StoreNodeKind.List, place) { Items = items };
            case JsonTokenType.True or JsonTokenType.False:
                return new StoreNode(StoreNodeKind.Boolean, place) { Flag = _reader.GetBoolean() };
            case JsonTokenType.Number:
                return new StoreNode(StoreNodeKind.Number, place)
                {
                    Text = Encoding.ASCII.GetString(_reader.ValueSpan),
                };
            case JsonTokenType.Null:
                return new StoreNode(StoreNodeKind.Null, place);
            default:
                return new StoreNode(StoreNodeKind.Text, place) { Text = _reader.GetString()! };
        }
    }

    // Places come in their order, so each line is counted once.
    private StorePlace Place(int at)
    {
        for (; _seen < at; _seen++)
        {
            if (_json[_seen] == '\n')
            {
                (_line, _lineAt) = (_line + 1, _seen + 1);
            }
        }

        return new StorePlace(_line, Encoding.UTF8.GetCharCount(_json[_lineAt..at]) + 1);
    }

    // The reader's own message may quote the text, which may be a secret.
    private readonly StoreDeclarationFault Fault(JsonException e)
    {
        var line = (int)(e.LineNumber ?? 0);
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            start += _json[start..].IndexOf((byte)'\n') + 1;
        }

        var end = Math.Min(_json.Length, start + (int)(e.BytePositionInLine ?? 0));
        var isEnd = _json[end..].Trim(" \t\r\n"u8).IsEmpty;
        var what =
            isEnd ? "it ends too early: a bracket, a brace or a quote is not closed"
            : _json[end] is (byte)'[' or (byte)'{' && _reader.CurrentDepth >= Deepest ? "it is nested too deeply"
            : _json[end] is (byte)'/' or (byte)'#' ? "it knows no comments: remove them"
            : _json[end] is (byte)'}' or (byte)']' ? "something is missing before this bracket, or a comma is too many"
            : "a comma, a colon, a quote or a bracket is missing or too many here";
        return new StoreDeclarationFault(
            string.Create(CultureInfo.InvariantCulture, $"This is no JSON: {what}"),
            Syntax,
            string.Empty,
            line + 1,
            Encoding.UTF8.GetCharCount(_json[start..end]) + 1
        );
    }
}
