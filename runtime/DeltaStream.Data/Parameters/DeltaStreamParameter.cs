using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DeltaStream.Data;

/// <summary>A value for a statement, which stands for it as <c>@name</c>.</summary>
/// <remarks>
/// The service binds no parameters, so the provider writes the value into the statement as a literal, quoted by its type.
/// Parameters go in only. A value's text is never part of an exception or of <see cref="object.ToString"/>.
/// </remarks>
public sealed class DeltaStreamParameter : DbParameter
{
    private string _name = "";
    private string _sourceColumn = "";
    private DbType? _type;

    /// <summary>Makes a parameter without a name and a value.</summary>
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
        get => _name;
        set => _name = value ?? "";
    }

    /// <summary>
    /// The value; null and <see cref="DBNull.Value"/> stand for NULL. Text, <see cref="char"/>, <see cref="Guid"/>, the
    /// integers up to <see cref="System.Numerics.BigInteger"/>, <see cref="decimal"/>, <see cref="double"/>,
    /// <see cref="float"/>, <see cref="bool"/>, <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="DateOnly"/>,
    /// <see cref="TimeOnly"/> and <see cref="TimeSpan"/> can be written; bytes can't.
    /// </summary>
    public override object? Value { get; set; }

    /// <summary>
    /// The type; what the value says unless it was set. It decides one thing only: a <see cref="DateTime"/> is written as a date
    /// for <see cref="DbType.Date"/> and as a time for <see cref="DbType.Time"/>.
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

    /// <summary>Kept, and not used: every parameter may be NULL.</summary>
    public override bool IsNullable { get; set; }

    /// <summary>Kept, and not used: a text is never cut to it.</summary>
    public override int Size { get; set; }

    /// <summary>Kept, and not used: a number is written with all its digits.</summary>
    public override byte Precision { get; set; }

    /// <summary>Kept, and not used: a number is written with all its digits.</summary>
    public override byte Scale { get; set; }

    /// <summary>The column of a <see cref="DataTable"/> that a data adapter takes the value from; never null.</summary>
    [AllowNull]
    public override string SourceColumn
    {
        get => _sourceColumn;
        set => _sourceColumn = value ?? "";
    }

    /// <summary>Kept, and not used.</summary>
    public override bool SourceColumnNullMapping { get; set; }

    /// <summary>The version of a row that a data adapter takes the value from; kept, and not used.</summary>
    public override DataRowVersion SourceVersion { get; set; } = DataRowVersion.Current;

    /// <summary>Lets the value say again what <see cref="DbType"/> is.</summary>
    public override void ResetDbType() => _type = null;

    /// <summary>The name, and not the value.</summary>
    public override string ToString() => ParameterName;

    /// <summary>The name without the leading <c>@</c>.</summary>
    internal ReadOnlySpan<char> BareName => Bare(_name);

    /// <summary>Whether the type was set to the given one, rather than taken from the value.</summary>
    internal bool IsSetTo(DbType type) => _type == type;

    internal static ReadOnlySpan<char> Bare(string name) => name.StartsWith('@') ? name.AsSpan(1) : name;
}
