using System.Data;
using System.Data.Common;

namespace DeltaStream.Data.Tests.Parameters;

public sealed class CollectionTests
{
    [Fact]
    public void It_is_used_as_any_collection_of_parameters()
    {
        var typed = new DeltaStreamParameterCollection();
        DbParameterCollection parameters = typed;
        var a = new DeltaStreamParameter("@a", 1);
        var b = new DeltaStreamParameter { ParameterName = "b", Value = 2 };
        Assert.Equal(0, parameters.Add(a));
        parameters.AddRange(new object[] { b });
        Assert.Equal(2, parameters.Count);
        Assert.Same(a, parameters["A"]);
        Assert.Same(a, parameters[0]);
        Assert.Same(b, typed["@B"]);
        Assert.Equal(1, parameters.IndexOf("@b"));
        Assert.Equal(1, parameters.IndexOf((object)b));
        Assert.Equal(-1, parameters.IndexOf("c"));
        Assert.True(parameters.Contains("a") && parameters.Contains(a) && !parameters.Contains("c"));
        Assert.Equal(["@a", "b"], typed.Select(p => p.ParameterName));
        var copy = new object?[3];
        parameters.CopyTo(copy, 1);
        Assert.Equal([null, a, b], copy);
        parameters.Insert(0, new DeltaStreamParameter("first", 0));
        parameters.RemoveAt("first");
        parameters[1] = new DeltaStreamParameter("c", 3);
        parameters["c"] = b;
        parameters.Remove(a);
        parameters.RemoveAt(0);
        Assert.Empty(parameters);
        Assert.Equal(5, typed.AddWithValue("x", 5).Value);
        parameters.Clear();
        Assert.Empty(parameters);
    }

    [Fact]
    public void What_is_not_there_or_no_parameter_is_refused()
    {
        var parameters = new DeltaStreamParameterCollection();
        Assert.Contains("'@a'", Assert.Throws<ArgumentException>(() => parameters["@a"]).Message);
        Assert.Throws<ArgumentException>(() => parameters.RemoveAt("a"));
        Assert.Throws<ArgumentException>(() => parameters.Remove(new DeltaStreamParameter()));
        Assert.Throws<InvalidCastException>(() => parameters.Add(5));
        Assert.Throws<ArgumentNullException>(() => parameters.Add((object)null!));
        Assert.Throws<ArgumentNullException>(() => parameters.Add((DeltaStreamParameter)null!));
        Assert.Throws<InvalidCastException>(() =>
            parameters.AddRange(new object[] { new DeltaStreamParameter(), "x" })
        );
        Assert.Empty(parameters);
    }

    [Fact]
    public void A_parameter_goes_in_only_and_says_its_type()
    {
        var parameter = new DeltaStreamParameter("@a", 5L);
        Assert.Equal(DbType.Int64, parameter.DbType);
        Assert.Equal(ParameterDirection.Input, parameter.Direction);
        Assert.Throws<NotSupportedException>(() => parameter.Direction = ParameterDirection.Output);
        parameter.ParameterName = null;
        parameter.SourceColumn = null;
        Assert.Equal("", parameter.ParameterName);
        Assert.Equal("", parameter.SourceColumn);
    }
}
