using System.Security.Cryptography;
using System.Text;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Tests.Files;

/// <summary>
/// What happens to a right file on its way: what can only be meant so is taken and sent as PEM, and for the rest the cause is
/// named with its remedy. Each remedy is done as the message says, and then the file is taken.
/// Issue 11, number 6.
/// </summary>
public sealed class FileOnItsWayTests : IDisposable
{
    private static readonly Dictionary<
        string,
        (byte[] Content, string Cause, Func<byte[], StoreFile> Remedy)
    > s_broken = new()
    {
        ["UTF-16, little-endian"] = (
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(PemFiles.Certificate)],
            "is text in UTF-16: save it as UTF-8, or give it by StoreFile.FromText(File.ReadAllText(path, Encoding.Unicode))",
            content => OnDisk(content, path => StoreFile.FromText(File.ReadAllText(path, Encoding.Unicode)))
        ),
        ["UTF-16, big-endian"] = (
            [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(PemFiles.Certificate)],
            "is text in UTF-16: save it as UTF-8, or give it by StoreFile.FromText(File.ReadAllText(path, Encoding.BigEndianUnicode))",
            content => OnDisk(content, path => StoreFile.FromText(File.ReadAllText(path, Encoding.BigEndianUnicode)))
        ),
        ["UTF-16 without a mark"] = (
            Encoding.Unicode.GetBytes(PemFiles.Certificate),
            "is text in UTF-16: save it as UTF-8, or give it by StoreFile.FromText(File.ReadAllText(path, Encoding.Unicode))",
            content => OnDisk(content, path => StoreFile.FromText(File.ReadAllText(path, Encoding.Unicode)))
        ),
        ["line breaks written out"] = (
            Bytes(PemFiles.Certificate.Replace("\n", "\\n", StringComparison.Ordinal)),
            "has '\\n' written out where line breaks belong: put line breaks there, such as by text.Replace(\"\\\\n\", \"\\n\")",
            content => StoreFile.FromText(Text(content).Replace("\\n", "\n", StringComparison.Ordinal))
        ),
        ["CRLF written out"] = (
            Bytes(PemFiles.Certificate.Replace("\n", "\\r\\n", StringComparison.Ordinal)),
            "has '\\r\\n' written out where line breaks belong: put line breaks there, such as by text.Replace(\"\\\\r\\\\n\", \"\\n\")",
            content => StoreFile.FromText(Text(content).Replace("\\r\\n", "\n", StringComparison.Ordinal))
        ),
        ["double quotes"] = (
            Bytes($"\"{PemFiles.Certificate}\""),
            "stands in quotes: remove them",
            content => StoreFile.FromText(Text(content).Trim('"'))
        ),
        ["single quotes and a line break"] = (
            Bytes($"'{PemFiles.Certificate.TrimEnd()}'\n"),
            "stands in quotes: remove them",
            content => StoreFile.FromText(Text(content).Trim('\n').Trim('\''))
        ),
        ["quotes, and line breaks written out"] = (
            Bytes($"\"{PemFiles.Certificate.Replace("\n", "\\n", StringComparison.Ordinal)}\""),
            "stands in quotes: remove them; and it has '\\n' written out where line breaks belong: put line breaks there, such as by text.Replace(\"\\\\n\", \"\\n\")",
            content => StoreFile.FromText(Text(content).Trim('"').Replace("\\n", "\n", StringComparison.Ordinal))
        ),
        ["a line of an environment file"] = (
            Bytes("CA=" + PemFiles.Certificate),
            "has text in front of '-----BEGIN' on the same line: remove that text",
            content => StoreFile.FromText(Text(content)[3..])
        ),
        ["percent encoding"] = (
            Bytes(Uri.EscapeDataString(PemFiles.Certificate)),
            "is percent-encoded: decode it, such as by Uri.UnescapeDataString(text)",
            content => StoreFile.FromText(Uri.UnescapeDataString(Text(content)))
        ),
        ["only the body"] = (
            Bytes(Body(PemFiles.Certificate)),
            "is only what stands inside of a PEM block: put the line '-----BEGIN CERTIFICATE-----' before it, and the line '-----END CERTIFICATE-----' after it",
            content => StoreFile.FromText($"-----BEGIN CERTIFICATE-----\n{Text(content)}\n-----END CERTIFICATE-----")
        ),
        ["only the body, on one line"] = (
            Bytes(Body(PemFiles.Certificate).Replace("\n", "", StringComparison.Ordinal)),
            "is only what stands inside of a PEM block: put the line '-----BEGIN CERTIFICATE-----' before it, and the line '-----END CERTIFICATE-----' after it",
            content => StoreFile.FromText($"-----BEGIN CERTIFICATE-----\n{Text(content)}\n-----END CERTIFICATE-----")
        ),
        ["DER"] = (
            PemFiles.CertificateDer,
            "is DER, which is binary: make it PEM, such as by StoreFile.FromText(PemEncoding.WriteString(\"CERTIFICATE\", File.ReadAllBytes(path)))",
            content =>
                OnDisk(
                    content,
                    path => StoreFile.FromText(PemEncoding.WriteString("CERTIFICATE", File.ReadAllBytes(path)))
                )
        ),
        ["the PEM in base64"] = (
            Bytes(Convert.ToBase64String(Bytes(PemFiles.Certificate))),
            "is PEM in base64: decode it, such as by StoreFile.FromBytes(Convert.FromBase64String(text))",
            content => StoreFile.FromBytes(Convert.FromBase64String(Text(content)))
        ),
        ["no END line"] = (
            Bytes(PemFiles.Certificate.Replace("-----END CERTIFICATE-----\n", "", StringComparison.Ordinal)),
            "is cut off: PEM block 1 has no line '-----END CERTIFICATE-----': give it the whole file, to its last line",
            content => StoreFile.FromText(Text(content) + "-----END CERTIFICATE-----")
        ),
        ["no BEGIN line"] = (
            Bytes(PemFiles.Certificate.Replace("-----BEGIN CERTIFICATE-----\n", "", StringComparison.Ordinal)),
            "lacks the line '-----BEGIN CERTIFICATE-----' of PEM block 1: give it the whole file, from its first line",
            content => StoreFile.FromText("-----BEGIN CERTIFICATE-----\n" + Text(content))
        ),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("files").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Broken() => new(s_broken.Keys);

    public static TheoryData<string, byte[]> Taken() =>
        new()
        {
            { "as it is", Bytes(PemFiles.Bundle) },
            { "a byte-order mark", [0xef, 0xbb, 0xbf, .. Bytes(PemFiles.Bundle)] },
            { "CRLF", Bytes(PemFiles.Bundle.Replace("\n", "\r\n", StringComparison.Ordinal)) },
            { "no final line break", Bytes(PemFiles.Bundle.TrimEnd('\n')) },
            { "text in front", Bytes("Bag Attributes\n    friendlyName: ca\nsubject=CN = ca\n" + PemFiles.Bundle) },
            { "text in between and after", Bytes($"{PemFiles.Certificate}# other\n{PemFiles.Other}# end\n") },
            { "blank lines", Bytes("\n\n" + PemFiles.Certificate + "\n\n" + PemFiles.Other + "\n\n") },
            {
                "indented, as in YAML",
                Bytes("  " + PemFiles.Bundle.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal))
            },
            { "spaces for line breaks", Bytes(PemFiles.Bundle.Replace("\n", " ", StringComparison.Ordinal)) },
            { "bodies on one line", Bytes(OneLine(PemFiles.Certificate) + OneLine(PemFiles.Other)) },
            { "glued together", Bytes(PemFiles.Certificate.TrimEnd() + PemFiles.Other) },
            {
                "each part with a mark",
                [0xef, 0xbb, 0xbf, .. Bytes(PemFiles.Certificate), 0xef, 0xbb, 0xbf, .. Bytes(PemFiles.Other)]
            },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_cause_is_named_with_a_remedy_that_works(string name)
    {
        var (content, cause, remedy) = s_broken[name];

        var failure = Assert.Single(With(StoreFile.FromBytes(content)).Validate());

        Assert.Equal($"kafka.tlsCaCertFile {cause}", failure.Message);
        Assert.Equal(PemFiles.Certificate, Sent(remedy(content)));
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public void What_can_only_be_meant_so_is_taken_and_its_blocks_are_sent(string name, byte[] content)
    {
        Assert.NotEmpty(name);
        Assert.Equal(PemFiles.Bundle, Sent(StoreFile.FromBytes(content)));
    }

    [Theory]
    [InlineData("/etc/ssl/certs/ca.pem")]
    [InlineData("ca.crt")]
    [InlineData("certs/ca")]
    [InlineData("@/certs/self-signed-kafka-ca.crt")]
    [InlineData("C:\\new\\ca.pem")]
    [InlineData("~/rsa_key.P8\n")]
    [InlineData("file:///etc/ca.der")]
    public void A_path_given_as_text_is_named_and_not_shown(string path)
    {
        var failure = Assert.Single(With(StoreFile.FromText(path)).Validate());

        Assert.Equal(
            "kafka.tlsCaCertFile is a path and not what the file holds: give it by StoreFile.FromPath(path)",
            failure.Message
        );
    }

    [Fact]
    public void The_file_at_the_path_is_taken()
    {
        var path = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(path, PemFiles.Certificate);

        Assert.Single(With(StoreFile.FromText(path)).Validate());
        Assert.Equal(PemFiles.Certificate, Sent(StoreFile.FromPath(path)));
    }

    [Theory]
    [InlineData("PRIVATE KEY")]
    [InlineData("ENCRYPTED PRIVATE KEY")]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("EC PRIVATE KEY")]
    public void The_inside_of_a_key_tells_its_label(string label)
    {
        var pem = new[] { PemFiles.Pkcs8, PemFiles.Encrypted, PemFiles.Pkcs1, PemFiles.Sec1 }.Single(p =>
            p.StartsWith($"-----BEGIN {label}-----", StringComparison.Ordinal)
        );
        var der = Convert.FromBase64String(Body(pem));

        foreach (var content in new[] { der, Bytes(Body(pem)) })
        {
            var failure = Assert.Single(
                (Declarations.Snowflake with { ClientKey = StoreFile.FromBytes(content) }).Validate()
            );
            Assert.Matches($"['\"](-----BEGIN )?{label}", failure.Message);
        }
    }

    [Fact]
    public void A_key_store_is_told_how_to_export_from_it() =>
        Assert.Equal(
            "snowflake.clientKey is binary, such as PKCS #12 (.pfx, .p12): take a private key in PKCS #8, from '-----BEGIN PRIVATE KEY-----' to '-----END PRIVATE KEY-----', out of it, such as by 'openssl pkcs12 -nocerts -nodes -in FILE -out FILE.pem'",
            Assert
                .Single((Declarations.Snowflake with { ClientKey = StoreFile.FromBytes(PemFiles.Pkcs12) }).Validate())
                .Message
        );

    [Theory]
    [InlineData("hunter2")]
    [InlineData("-----BEGIN CERTIFICATE-----\nhunter2!\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN hunter2-----\nAAAA")]
    [InlineData("\"-----BEGIN X-----\\nhunter2\\n-----END X-----\"")]
    [InlineData("/etc/hunter2/ca.pem")]
    [InlineData("hunter2=hunter2\0")]
    public void No_message_shows_the_content(string content) =>
        Assert.DoesNotContain(
            "hunter2",
            Assert.Single(With(StoreFile.FromText(content)).Validate()).Message,
            StringComparison.Ordinal
        );

    private static KafkaStoreArgs With(StoreFile file) => Declarations.Kafka with { TlsCaCertFile = file };

    /// <summary>What is sent of a file that is right, the same by both transports.</summary>
    private static string Sent(StoreFile file)
    {
        var store = With(file);
        Assert.Empty(store.Validate());
        var sent = Assert.Single(StoreStatement.Create(store, StoreFileTransport.Attachment).Attachments).File;
        Assert.Contains(
            $"'{Convert.ToBase64String(sent.Reveal().Span)}'",
            StoreStatement.Create(store).Reveal(),
            StringComparison.Ordinal
        );
        return Encoding.UTF8.GetString(sent.Reveal().Span);
    }

    private static StoreFile OnDisk(byte[] content, Func<string, StoreFile> read)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            return read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] content) => Encoding.UTF8.GetString(content);

    private static string Body(string pem) => string.Join('\n', pem.TrimEnd().Split('\n')[1..^1]);

    private static string OneLine(string pem) =>
        pem.Replace(Body(pem), Body(pem).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
}
