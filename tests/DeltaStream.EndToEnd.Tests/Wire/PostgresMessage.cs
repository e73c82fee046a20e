using System.Buffers.Binary;
using System.Text;

namespace DeltaStream.EndToEnd.Tests.Wire;

/// <summary>Writes messages of the PostgreSQL protocol as a server sends them.</summary>
internal static class PostgresMessage
{
    public const int TextType = 25;
    public const int TimestampType = 1184;

    /// <summary>What a server says when a client has logged in.</summary>
    public static byte[] Welcome { get; } =
    [
        .. Of('R', Int(0)),
        .. Of('S', Text("server_version"), Text("16.0")),
        .. Of('S', Text("client_encoding"), Text("UTF8")),
        .. Of('S', Text("standard_conforming_strings"), Text("on")),
        .. Of('K', Int(1), Int(1)),
        .. Ready,
    ];

    public static byte[] Ready => Of('Z', "I"u8.ToArray());

    /// <summary>What stands before the result of a statement: it was parsed and bound.</summary>
    public static byte[] Bound => [.. Of('1'), .. Of('2')];

    /// <summary>A result without rows.</summary>
    public static byte[] Done(string tag) => [.. Bound, .. Of('n'), .. Of('C', Text(tag)), .. Ready];

    /// <summary>The beginning of a row of 2 GB, with the columns before it.</summary>
    public static byte[] HugeRow =>
        [.. Bound, .. Columns(("name", TextType)), (byte)'D', .. Int(int.MaxValue), .. Short(1), .. Int(0x7FFFFFF0)];

    /// <summary>An ErrorResponse.</summary>
    public static byte[] Error(params IEnumerable<(char Field, string Text)> fields) =>
        Of('E', [.. fields.SelectMany(f => (byte[])[(byte)f.Field, .. Text(f.Text)]), 0]);

    /// <summary>An ErrorResponse that ends the connection.</summary>
    public static byte[] Fatal(string sqlState) =>
        Error(('S', "FATAL"), ('V', "FATAL"), ('C', sqlState), ('M', "the connection ends"));

    /// <summary>The columns of a result in binary, as Npgsql asks for it.</summary>
    public static byte[] Columns(params (string Name, int Type)[] columns) =>
        Of(
            'T',
            [
                .. Short(columns.Length),
                .. columns.SelectMany(c =>
                    (byte[])
                        [.. Text(c.Name), .. Int(0), .. Short(0), .. Int(c.Type), .. Short(-1), .. Int(-1), .. Short(1)]
                ),
            ]
        );

    public static byte[] Cell(string? text) =>
        text is null ? Int(-1) : [.. Int(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Of(char kind, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(part => part)];
        return [(byte)kind, .. Int(body.Length + 4), .. body];
    }

    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    public static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Short(int value) => Int(value)[2..];
}
