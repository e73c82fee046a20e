using System.Data;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>What is compared of a store that may be somebody else's.</summary>
public sealed class StoreDifferenceTests
{
    [Theory]
    [InlineData("postgresql://db.example.com:5432/demo", false)]
    [InlineData("postgresql://db.example.com:5432/demo/", false)]
    [InlineData("POSTGRESQL://DB.Example.com:5432/demo", false)]
    [InlineData("postgresql://db.example.com:5432/Demo", true)]
    [InlineData("postgresql://db.example.com:5432/DEMO", true)]
    [InlineData("postgresql://db.example.com:5433/demo", true)]
    [InlineData("postgresql://db2.example.com:5432/demo", true)]
    [InlineData("postgresql://db.example.com:5432", true)]
    public void Hosts_have_no_case_and_paths_have(string shown, bool differs) =>
        Assert.Equal(differs, Of(Declarations.Postgres, Described(shown)).Exists);

    [Theory]
    [InlineData("B-2.example.com:9092, b-1.EXAMPLE.com:9092", false)]
    [InlineData("b-1.example.com:9092", true)]
    public void The_order_of_brokers_says_nothing(string shown, bool differs) =>
        Assert.Equal(differs, Of(Declarations.Kafka, Described(shown)).Exists);

    [Theory]
    [InlineData("""{"account_id":"my-account","warehouse_name":"COMPUTE_WH","role_name":"ACCOUNTADMIN"}""", null)]
    [InlineData("""{"account_id":"my-account","unknown":"x"}""", null)]
    [InlineData("account_id: other", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    [InlineData("""{"account_id":"other"}""", "accountId other; the declaration says accountId my-account")]
    [InlineData(
        """{"warehouse_name":"compute_wh"}""",
        "warehouseName compute_wh; the declaration says warehouseName COMPUTE_WH"
    )]
    [InlineData(
        """{"role_name":"R","warehouse_name":"W"}""",
        "roleName R, warehouseName W; the declaration says roleName ACCOUNTADMIN, warehouseName COMPUTE_WH"
    )]
    public void Details_are_compared_as_the_spec_names_them(string details, string? difference)
    {
        var compared = Of(Declarations.Snowflake, Described(Declarations.Snowflake.Uris, details));

        Assert.Equal(difference is not null, compared.Exists);
        Assert.EndsWith(difference ?? "03:04:05Z", compared.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, null, null)]
    [InlineData(false, true, null, "tlsDisabled TRUE; the declaration says tlsDisabled FALSE")]
    [InlineData(true, false, null, "tlsVerifyServerHostname FALSE; the declaration says tlsVerifyServerHostname TRUE")]
    [InlineData(true, true, "SR", "schemaRegistryName SR; the declaration says schemaRegistryName sr")]
    [InlineData(true, true, "sr", null)]
    public void Columns_are_compared_as_the_spec_names_them(
        bool tls,
        bool verified,
        string? registry,
        string? difference
    )
    {
        var table = Described(Declarations.Kafka.Uris);
        table.Rows[0]["Tls"] = tls;
        table.Rows[0]["Verify"] = verified;
        table.Rows[0]["Registry"] = (object?)registry ?? DBNull.Value;

        var compared = Of(Declarations.Kafka with { SchemaRegistryName = "sr" }, table);

        Assert.Equal(difference is not null, compared.Exists);
        Assert.EndsWith(difference ?? "03:04:05Z", compared.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_another_type_is_not_compared_by_the_properties_of_this_one() =>
        Assert.EndsWith(
            "03:04:05Z; the declaration says type snowflake",
            Of(Declarations.Snowflake, Described("x", """{"account_id":"other"}"""), "Kafka").ToString(),
            StringComparison.Ordinal
        );

    // The columns as the sources have them: places, and no names that are sure.
    [Fact]
    public void A_column_that_is_gone_is_not_read_from_its_neighbour()
    {
        using var table = Described("b-1.example.com:9092,b-2.example.com:9092");
        table.Columns["u"]!.ColumnName = "Uri";
        table.Columns["Verify"]!.ColumnName = "VerifyServerHostname";
        table.Rows[0]["VerifyServerHostname"] = true;
        table.Columns.Remove("Tls");

        Assert.False(Of(Declarations.Kafka, table).Exists);
    }

    private static DataTable Described(string uri, string details = "{}")
    {
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        table.Columns.Add("m", typeof(string));
        table.Columns.Add("u", typeof(string));
        table.Columns.Add("d", typeof(string));
        table.Columns.Add("Tls", typeof(bool));
        table.Columns.Add("Verify", typeof(bool));
        table.Columns.Add("Registry", typeof(string));
        table.Columns.Add("p", typeof(string));
        table.Rows.Add("{}", uri, details, DBNull.Value, DBNull.Value, DBNull.Value, "x");
        return table;
    }

    private static StoreDifference Of(StoreArgs declared, DataTable described, string? type = null)
    {
        using var reader = described.CreateDataReader();
        Assert.True(reader.Read());
        var time = new DateTimeOffset(Scripted.Responses.CreatedAt);
        var found = new Store
        {
            Name = declared.Name,
            Type = type ?? declared.Subtype.Name,
            State = Store.Ready,
            Owner = "sysadmin",
            CreatedAt = time,
            UpdatedAt = time,
        };
        return new StoreDifference(declared, found, DescribedValues.Read(reader, SecretRedaction.None));
    }
}
