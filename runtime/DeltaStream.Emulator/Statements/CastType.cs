using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Statements;

/// <summary>A type that a SELECT can cast to, and the function of the emulator that does it.</summary>
/// <param name="name">PostgreSQL's own name of it, which names a column that has no other name.</param>
/// <param name="type">The type of the result.</param>
/// <param name="function">The function's name.</param>
internal sealed class CastType(string name, ColumnType type, string function)
{
    public const string ToInt = "cast_int";
    public const string ToInteger = "cast_bigint";
    public const string ToReal = "cast_double";
    public const string ToText = "cast_text";
    public const string ToBoolean = "cast_boolean";
    public const string ToTimestamp = "cast_timestamptz";

    public string Name => name;

    public ColumnType Type => type;

    public string Function => function;

    /// <summary>Reads the name of a type that begins at a token; also says which token is its last.</summary>
    public static (CastType Type, int Last) Read(string text, List<Token> tokens, int at)
    {
        if (IsWord(at, "pg_catalog") && at + 1 < tokens.Count && tokens[at + 1].IsSymbol('.'))
        {
            at += 2;
        }

        if (at >= tokens.Count)
        {
            throw ParseError.At(text, tokens[^1], "a type is expected behind this");
        }

        var name = tokens[at].Text.ToUpperInvariant();
        var last = at;
        if (name is "DOUBLE" or "CHARACTER" && (IsWord(at + 1, "precision") || IsWord(at + 1, "varying")))
        {
            last++;
        }
        else if (
            name is "TIMESTAMP"
            && (IsWord(at + 1, "with") || IsWord(at + 1, "without"))
            && IsWord(at + 2, "time")
            && IsWord(at + 3, "zone")
        )
        {
            last += 3;
        }

        // A length or an array is another type.
        var isMore = last + 1 < tokens.Count && (tokens[last + 1].IsSymbol('(') || tokens[last + 1].IsSymbol('['));
        return (isMore ? throw Unknown() : Of(name), last);

        bool IsWord(int index, string word) => index < tokens.Count && tokens[index].IsWord(word);
    }

    private static CastType Of(string name) =>
        name switch
        {
            "INT" or "INTEGER" or "INT4" => new("int4", ColumnType.Int, ToInt),
            "BIGINT" or "INT8" => new("int8", ColumnType.Integer, ToInteger),
            "DOUBLE" or "FLOAT8" => new("float8", ColumnType.Real, ToReal),
            "TEXT" => new("text", ColumnType.Text, ToText),
            "VARCHAR" or "CHARACTER" => new("varchar", ColumnType.Text, ToText),
            "BOOLEAN" or "BOOL" => new("bool", ColumnType.Boolean, ToBoolean),
            "TIMESTAMPTZ" or "TIMESTAMP" => new("timestamptz", ColumnType.Timestamp, ToTimestamp),
            _ => throw Unknown(),
        };

    private static StatementException Unknown() =>
        new(
            SqlState.FeatureNotSupported,
            "a cast to this type is not supported",
            "The emulator casts to int, bigint, double precision, text, varchar, boolean and timestamptz."
        );
}
