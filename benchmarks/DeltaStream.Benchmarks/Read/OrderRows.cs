using System.Globalization;
using System.Text;

namespace DeltaStream.Benchmarks.Read;

/// <summary>The result that is read: orders, in 5 columns of different types, as the API writes them.</summary>
internal static class OrderRows
{
    public const int InPartition = 10_000;

    public const string Columns = """
        [{"name":"id","type":"BIGINT","nullable":false},{"name":"customer","type":"VARCHAR","nullable":true},
         {"name":"price","type":"DECIMAL(10, 2)","nullable":false},{"name":"at","type":"TIMESTAMP_LTZ(3)","nullable":false},
         {"name":"paid","type":"BOOLEAN","nullable":false}]
        """;

    /// <summary>The same rows for PostgreSQL, of as many partitions as <c>$1</c> says.</summary>
    public const string Select = """
        SELECT id::bigint,
               CASE WHEN id % 10 = 9 THEN NULL ELSE 'customer ' || id % 5000 || ' "A" GmbH' END,
               (id % 1000 || '.' || lpad((id % 100)::text, 2, '0'))::numeric(10, 2),
               ('2024-05-' || 1 + id % 28 || ' 12:' || id % 60 || ':01.' || lpad((id % 1000)::text, 3, '0') || 'Z')::timestamptz,
               id % 10 = 9
        FROM generate_series(1, $1) AS partition, generate_series(0, 9999) AS id
        """;

    /// <summary>The rows of a partition: the array of a response.</summary>
    public static byte[] Partition { get; } =
        Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, InPartition).Select(Row))}]");

    private static string Row(int id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""["{id}",{Customer(id)},"{id % 1000}.{id % 100:00}","2024-05-{1 + id % 28:00} 12:{id % 60:00}:01.{id % 1000:000}Z","{(id % 10 == 9 ? "true" : "false")}"]"""
        );

    private static string Customer(int id) => id % 10 == 9 ? "null" : $"\"customer {id % 5000} \\\"A\\\" GmbH\"";
}
