namespace DeltaStream.TestSupport;

/// <summary>
/// A test that needs a real PostgreSQL server. Without its programs the test is skipped, unless
/// <c>DELTASTREAM_TEST_REQUIRE_POSTGRES=1</c> says that it must run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Missing.Reason("initdb", "postgres");
}

/// <summary>As <see cref="PostgresFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = Missing.Reason("initdb", "postgres");
}

/// <summary>As <see cref="PsqlFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PsqlTheoryAttribute : TheoryAttribute
{
    public PsqlTheoryAttribute() => Skip = Missing.Reason("psql");
}

/// <summary>As <see cref="PostgresFactAttribute"/>, for a test that needs the psql client.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PsqlFactAttribute : FactAttribute
{
    public PsqlFactAttribute() => Skip = Missing.Reason("psql");
}

/// <summary>Why a test can't run here.</summary>
internal static class Missing
{
    private const string Require = "DELTASTREAM_TEST_REQUIRE_POSTGRES";

    public static string? Reason(params string[] programs)
    {
        if (Environment.GetEnvironmentVariable(Require) == "1")
        {
            return null;
        }

        var missing = Array.FindAll(programs, program => PostgresBinaries.Find(program) is null);
        return missing.Length == 0
            ? null
            : $"PostgreSQL's {string.Join(" and ", missing)} not found on PATH or in /usr/lib/postgresql/*/bin; "
                + $"set {Require}=1 to fail instead of skipping.";
    }
}
