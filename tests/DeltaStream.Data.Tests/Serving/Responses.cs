using System.Text.Json;

namespace DeltaStream.Data.Tests.Serving;

/// <summary>Responses of the service, as JSON.</summary>
public static class Responses
{
    public const string Id = "5e6c8f40-1111-4222-8333-abcdefabcdef";

    public const string Success = $$"""
        {"sqlState":"00000","message":null,"statementID":"{{Id}}","statementIDs":["{{Id}}"],"createdOn":1703907114,
         "metadata":{"encoding":"json","partitionInfo":[{"rowCount":1}],
           "columns":[{"name":"type","type":"VARCHAR","nullable":false,"display_hint":"nowrap"}],
           "dataplaneRequest":null,"context":null},
         "data":[["store"]]}
        """;

    public const string Pending = $$"""{"sqlState":"03000","statementID":"{{Id}}","createdOn":1703907114}""";

    public static string Failure(string state, string message) =>
        JsonSerializer.Serialize(
            new
            {
                sqlState = state,
                message,
                statementID = Id,
            }
        );

    public static string Error(string message) => JsonSerializer.Serialize(new { message });

    public static string Context(string json) =>
        $$"""{"sqlState":"00000","statementID":"{{Id}}","metadata":{"context":{{json}}},"data":[]}""";

    /// <summary>One partition of several.</summary>
    public static string Partition(
        int count,
        string data,
        string columns = """[{"name":"n","type":"BIGINT","nullable":true}]"""
    ) =>
        $$"""
            {"sqlState":"00000","statementID":"{{Id}}","metadata":{"encoding":"json","columns":{{columns}},
             "partitionInfo":[{{string.Join(',', Enumerable.Repeat("""{"rowCount":1}""", count))}}]},"data":{{data}}}
            """;

    public static string Dataplane(string uri, string token, string requestType = "result-set", string id = "dp-1") =>
        $$$"""
            {"sqlState":"00000","statementID":"{{{Id}}}","metadata":{"encoding":"","columns":null,"partitionInfo":null,
             "dataplaneRequest":{"token":{{{JsonSerializer.Serialize(token)}}},"uri":{{{JsonSerializer.Serialize(
                uri
            )}}},
             "statementID":"{{{id}}}","queryID":"q","requestType":"{{{requestType}}}"} } }
            """;
}
