using System.Buffers;
using System.Text.Unicode;

namespace DeltaStream.Benchmarks.Read;

/// <summary>The result that is read: orders, in 5 columns of different types, as the API writes them.</summary>
internal static class OrderRows
{
    public const int InPartition = 10_000;

    /// <summary>How many are written before they are sent.</summary>
    public const int InPiece = 500;

    public const string Columns = """
        [{"name":"id","type":"BIGINT","nullable":false},{"name":"customer","type":"VARCHAR","nullable":true},
         {"name":"price","type":"DECIMAL(10, 2)","nullable":false},{"name":"at","type":"TIMESTAMP_LTZ(3)","nullable":false},
         {"name":"paid","type":"BOOLEAN","nullable":false}]
        """;

    /// <summary>Writes some rows of a partition as JSON, without allocating.</summary>
    public static void Write(IBufferWriter<byte> output, int partition, int from)
    {
        for (var row = from; row < from + InPiece; row++)
        {
            var id = (long)partition * InPartition + row;
            var span = output.GetSpan(256);
            var separator = row == 0 ? "" : ",";
            int length;
            _ =
                id % 10 == 9
                    ? Utf8.TryWrite(
                        span,
                        $"{separator}[\"{id}\",null,\"{id % 1000}.{id % 100:00}\",\"2024-05-{1 + id % 28:00} 12:{id % 60:00}:01.{id % 1000:000}Z\",\"true\"]",
                        out length
                    )
                    : Utf8.TryWrite(
                        span,
                        $"{separator}[\"{id}\",\"customer {id % 5000} \\\"A\\\" GmbH\",\"{id % 1000}.{id % 100:00}\",\"2024-05-{1 + id % 28:00} 12:{id % 60:00}:01.{id % 1000:000}Z\",\"false\"]",
                        out length
                    );
            output.Advance(length);
        }
    }
}
