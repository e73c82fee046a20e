using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Data.Parameters;

namespace DeltaStream.Data;

/// <summary>A value that stands in a statement as <c>@name</c>.</summary>
/// <remarks>
/// The service binds no parameters, so the provider writes the value into the statement as a literal of its type. No exception
/// shows a value, and <see cref="ToString"/> does not.
/// </remarks>
public sealed class DeltaStreamParameter : DbParameter
{
    private DbType? _type;

    /// <summary>Makes a parameter without name and value.</summary>
    public DeltaStreamParameter() { }

    /// <summary>Makes a parameter.</summary>
    /// <param name="parameterName">The name, with or without the leading <c>@</c>.</param>
    /// <param name="value">The value; null and <see cref="DBNull.Value"/> stand for NULL.</param>
    public DeltaStreamParameter(string parameterName, object? value)
    {
        ParameterName = parameterName;
        Value = value;
    }

    /// <summary>The name, with or without the leading <c>@</c>; never null. Upper and lower case are the same.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>
    /// The value: text, <see cref="char"/>, <see cref="Guid"/>, an integer up to <see cref="System.Numerics.BigInteger"/>,
    /// <see cref="decimal"/>, <see cref="double"/>, <see cref="float"/>, <see cref="bool"/>, a date or a time, but not bytes.
    /// Null and <see cref="DBNull.Value"/> stand for NULL.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public override object? Value { get; set; }

    /// <summary>
    /// The type; that of the value unless set. It has one effect: a <see cref="DateTime"/> is written as a date for
    /// <see cref="DbType.Date"/> and as a time for <see cref="DbType.Time"/>.
    /// </summary>
    public override DbType DbType
    {
        get => _type ?? ParameterLiteral.TypeOf(Value);
        set => _type = value;
    }

    /// <summary>Always <see cref="ParameterDirection.Input"/>.</summary>
    /// <exception cref="NotSupportedException">Another direction was set.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
            {
                throw new NotSupportedException(
                    "DeltaStream's statements give nothing back in parameters. Use ParameterDirection.Input."
                );
            }
        }
    }

    /// <summary>Not used: every parameter may be NULL.</summary>
    public override bool IsNullable { get; set; }

    /// <summary>Not used: no text is cut.</summary>
    public override int Size { get; set; }

    /// <summary>Not used: a number is written with all its digits.</summary>
    public override byte Precision { get; set; }

    /// <summary>Not used: a number is written with all its digits.</summary>
    public override byte Scale { get; set; }

    /// <summary>The column of a <see cref="DataTable"/> that a data adapter takes the value from; never null.</summary>
    [AllowNull]
    public override string SourceColumn
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Not used.</summary>
    public override bool SourceColumnNullMapping { get; set; }

    /// <summary>The version of a row that a data adapter takes the value from; not used.</summary>
    public override DataRowVersion SourceVersion { get; set; } = DataRowVersion.Current;

    /// <summary>Makes <see cref="DbType"/> that of the value again.</summary>
    public override void ResetDbType() => _type = null;

    /// <summary>Returns the name.</summary>
    public override string ToString() => ParameterName;

    /// <summary>The name without the leading <c>@</c>.</summary>
    internal ReadOnlySpan<char> BareName => Bare(ParameterName);

    /// <summary>Whether the type was set to the given one, rather than taken from the value.</summary>
    internal bool IsSetTo(DbType type) => _type == type;

    internal static ReadOnlySpan<char> Bare(string name) => name.StartsWith('@') ? name.AsSpan(1) : name;
}
