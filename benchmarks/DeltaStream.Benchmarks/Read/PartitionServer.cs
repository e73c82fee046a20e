using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Benchmarks.Read;

/// <summary>
/// A DeltaStream on a loopback socket whose statement is the number of partitions to answer. They are ready-made, and all the same.
/// </summary>
internal sealed class PartitionServer : IAsyncDisposable
{
    private const int Piece = 64 * 1024;

    private readonly WebApplication _app;

    private PartitionServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<PartitionServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost(
            "/v2/statements",
            async http =>
            {
                using var request = await System.Text.Json.JsonDocument.ParseAsync(http.Request.Body);
                var count = request.RootElement.GetProperty("statement").GetString()!.TrimEnd(';');
                await AnswerAsync(http, int.Parse(count, CultureInfo.InvariantCulture));
            }
        );
        app.MapGet(
            "/v2/statements/{count:int}",
            http =>
                AnswerAsync(http, int.Parse((string)http.Request.RouteValues["count"]!, CultureInfo.InvariantCulture))
        );
        await app.StartAsync();
        return new PartitionServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http, int count)
    {
        http.Response.ContentType = "application/json";
        var partitions = string.Join(',', Enumerable.Repeat($$"""{"rowCount":{{OrderRows.InPartition}}}""", count));
        var writer = http.Response.BodyWriter;
        writer.Write(
            Encoding.UTF8.GetBytes(
                $$"""
                {"sqlState":"00000","statementID":"{{count}}","createdOn":1703907114,"metadata":{"encoding":"json",
                "columns":{{OrderRows.Columns}},"partitionInfo":[{{partitions}}]},"data":
                """
            )
        );
        for (var from = 0; from < OrderRows.Partition.Length; from += Piece)
        {
            var length = Math.Min(Piece, OrderRows.Partition.Length - from);
            await writer.WriteAsync(OrderRows.Partition.AsMemory(from, length));
        }

        writer.Write("}"u8);
        await writer.FlushAsync();
    }
}
