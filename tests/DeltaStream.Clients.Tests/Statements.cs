namespace DeltaStream.Clients.Tests;

/// <summary>The statements that all clients send, and the results that they print.</summary>
internal static class Statements
{
    public const string Name = "by a client";

    public const string Create = $"""
        CREATE STORE "{Name}" WITH ('type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE)
        """;

    public const string Select = """SELECT name FROM deltastream.sys."stores" WHERE name = @name LIMIT @most""";

    public const string Count = """SELECT count(*) FROM deltastream.sys."stores" """;

    /// <summary>Runs until it is canceled.</summary>
    public const string Endless =
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t";

    /// <summary>The store does not exist.</summary>
    public const string Missing = "DROP STORE missing";

    /// <summary>Gives the result of a step.</summary>
    public static string ResultOf(Step step) =>
        step switch
        {
            Step.Connect => "1",
            Step.Create => "done",
            Step.Select => Name,
            Step.Count => "1",
            Step.Cancel => "57014",
            _ => "3D006",
        };
}
