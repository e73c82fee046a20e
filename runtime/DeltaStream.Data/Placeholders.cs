using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Data.Results;

#pragma warning disable
namespace DeltaStream.Data;

public sealed class DeltaStreamDataReader : DbDataReader
{
    internal DeltaStreamDataReader(ResultSource source, CommandBehavior behavior, DbConnection? closeWithReader) =>
        throw new NotImplementedException();

    public override int Depth => 0;
    public override int FieldCount => 0;
    public override bool HasRows => false;
    public override bool IsClosed => true;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => 0;
    public override object this[string name] => 0;

    public override bool GetBoolean(int o) => throw new NotImplementedException();

    public override byte GetByte(int o) => throw new NotImplementedException();

    public override long GetBytes(int o, long d, byte[]? b, int bo, int l) => 0;

    public override char GetChar(int o) => ' ';

    public override long GetChars(int o, long d, char[]? b, int bo, int l) => 0;

    public override string GetDataTypeName(int o) => "";

    public override DateTime GetDateTime(int o) => default;

    public override decimal GetDecimal(int o) => 0;

    public override double GetDouble(int o) => 0;

    public override IEnumerator GetEnumerator() => throw new NotImplementedException();

    public override Type GetFieldType(int o) => typeof(string);

    public override float GetFloat(int o) => 0;

    public override Guid GetGuid(int o) => default;

    public override short GetInt16(int o) => 0;

    public override int GetInt32(int o) => 0;

    public override long GetInt64(int o) => 0;

    public override string GetName(int o) => "";

    public override int GetOrdinal(string name) => 0;

    public override string GetString(int o) => "";

    public override object GetValue(int o) => 0;

    public override int GetValues(object[] values) => 0;

    public override bool IsDBNull(int o) => true;

    public override bool NextResult() => false;

    public override bool Read() => false;
}

public sealed class DeltaStreamParameter : DbParameter
{
    public override DbType DbType { get; set; }
    public override ParameterDirection Direction { get; set; }
    public override bool IsNullable { get; set; }

    [AllowNull]
    public override string ParameterName { get; set; } = "";
    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";
    public override bool SourceColumnNullMapping { get; set; }
    public override object? Value { get; set; }

    public override void ResetDbType() { }
}

public sealed class DeltaStreamParameterCollection : DbParameterCollection
{
    public override int Count => 0;
    public override object SyncRoot => this;

    public override int Add(object value) => 0;

    public override void AddRange(Array values) { }

    public override void Clear() { }

    public override bool Contains(object value) => false;

    public override bool Contains(string value) => false;

    public override void CopyTo(Array array, int index) { }

    public override IEnumerator GetEnumerator() => Array.Empty<object>().GetEnumerator();

    public override int IndexOf(object value) => -1;

    public override int IndexOf(string parameterName) => -1;

    public override void Insert(int index, object value) { }

    public override void Remove(object value) { }

    public override void RemoveAt(int index) { }

    public override void RemoveAt(string parameterName) { }

    protected override DbParameter GetParameter(int index) => throw new NotImplementedException();

    protected override DbParameter GetParameter(string parameterName) => throw new NotImplementedException();

    protected override void SetParameter(int index, DbParameter value) { }

    protected override void SetParameter(string parameterName, DbParameter value) { }
}

internal static class StatementText
{
    public static string Substitute(string text, DeltaStreamParameterCollection parameters) => text;
}
