using System.Text;

namespace DeltaStream.Data.Tests.Reading;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_that_are_here_cost_no_allocation(bool async)
    {
        const int Rows = 10_000;
        var row = """["1","true","2.50",null,"2024-02-29 01:02:03Z","1E3"]""";
        var partition = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(row, Rows))}]");
        var columns = "a INTEGER; b BOOLEAN; c DECIMAL(10, 2); d VARCHAR?; e TIMESTAMP_LTZ; f DOUBLE";
        await using var reader = new MemoryResult(
            columns,
            [.. Enumerable.Repeat(Encoding.UTF8.GetString(partition), 2)]
        ).First();
        var before = 0L;
        for (var i = 1; i < 2 * Rows; i++)
        {
            // The second partition is here, and what there was to warm up is warm.
            if (i == Rows + 1)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            var read = async ? reader.ReadAsync() : null;
            Assert.True(read is null ? reader.Read() : read.IsCompletedSuccessfully && await read);
            var sum = reader.GetInt64(0) + (reader.GetBoolean(1) ? 1 : 0) + (long)reader.GetDecimal(2);
            Assert.True(
                reader.IsDBNull(3) && sum == 4 && reader.GetDateTime(4).Year == 2024 && reader.GetDouble(5) == 1000
            );
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < Rows, $"{allocated} bytes for {Rows - 1} rows");
    }
}
