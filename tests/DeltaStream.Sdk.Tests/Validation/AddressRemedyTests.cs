using System.Text.RegularExpressions;

namespace DeltaStream.Sdk.Tests.Validation;

/// <summary>What a message about an address tells to do is done literally, until nothing is wrong: then the right hosts are meant. Issue 11, number 9.</summary>
public sealed class AddressRemedyTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private static readonly S3StoreArgs s_bucket = new()
    {
        Name = "x",
        Uris = "https://bucket.s3.amazonaws.com/",
        IamRoleArn = "arn:aws:iam::123456789012:role/x",
        IamExternalId = "e",
    };

    [Theory]
    [InlineData("a:1\nb:2", "a:1,b:2")]
    [InlineData("a:1\r\nb:2\r\nc:3\r\n", "a:1,b:2,c:3")]
    [InlineData("a:1,\nb:2", "a:1,b:2")]
    [InlineData("a:1\n,b:2", "a:1,b:2")]
    [InlineData("\na:1\n", "a:1")]
    [InlineData("a:1;b:2", "a:1,b:2")]
    [InlineData("a:1; b:2", "a:1,b:2")]
    [InlineData("a:1 ; b:2", "a:1,b:2")]
    [InlineData("a:1|b:2", "a:1,b:2")]
    [InlineData("a:1\uff0cb:2", "a:1,b:2")]
    [InlineData("a:1\u3001b:2", "a:1,b:2")]
    [InlineData("a:1\uff1bb:2", "a:1,b:2")]
    [InlineData("a:1 b:2", "a:1,b:2")]
    [InlineData("a:1  \t b:2", "a:1,b:2")]
    [InlineData("a:1\u00a0b:2", "a:1,b:2")]
    [InlineData("a:1\u2028b:2", "a:1,b:2")]
    [InlineData("a:1, b:2", "a:1,b:2")]
    [InlineData("a:1 ,b:2", "a:1,b:2")]
    [InlineData("a:1,,b:2,", "a:1,b:2")]
    [InlineData("a:1\u200b,b:2", "a:1,b:2")]
    [InlineData("a: 1,b :2", "a:1,b:2")]
    [InlineData("a.\nexample.com:1", "a.example.com:1")]
    [InlineData("ho\u200bst:1", "host:1")]
    [InlineData("a:1\u200bb:2", "a:1,b:2")]
    [InlineData("a\uff1a1", "a:1")]
    [InlineData("a\u3002example\uff0ecom:1", "a.example.com:1")]
    [InlineData("2001:db8::1:9092", "[2001:db8::1]:9092")]
    [InlineData("2001:db8::1:9092,::1:9093", "[2001:db8::1]:9092,[::1]:9093")]
    [InlineData("::1:9092", "[::1]:9092")]
    [InlineData("[::1]9092", "[::1]:9092")]
    [InlineData("[::1:9092", "[::1]:9092")]
    [InlineData("[h]:1", "h:1")]
    [InlineData("kafka://a:1", "a:1")]
    [InlineData("SASL_SSL://a:1,SASL_SSL://b:2", "a:1,b:2")]
    [InlineData("://a:1", "a:1")]
    [InlineData("//a:1", "a:1")]
    [InlineData("a:1/", "a:1/")]
    [InlineData("a:1/topic", "a:1")]
    [InlineData("a:1?x=y#z", "a:1")]
    [InlineData("u:p@a:1", "a:1")]
    [InlineData("a,b:2", "a:9092,b:2")]
    [InlineData("a:x", "a:9092")]
    [InlineData("ho$t:1", "hot:1")]
    public void Of_brokers(string uris, string meant) =>
        AssertRemedied(u => Declarations.Kafka with { Uris = u }, uris, meant);

    [Theory]
    [InlineData("host", "host/name")]
    [InlineData("host:5432", "host:5432/name")]
    [InlineData("postgresql://host", "postgresql://host/name")]
    [InlineData("host/db/schema", "host/db")]
    [InlineData("postgres://host/db", "postgresql://host/db")]
    [InlineData("jdbc:postgresql://host/db", "postgresql://host/db")]
    [InlineData("postgresql:/host/db", "postgresql://host/db")]
    [InlineData("postgresql:host/db", "postgresql://host/db")]
    [InlineData("//host/db", "postgresql://host/db")]
    [InlineData("postgresql:\\\\host\\db", "postgresql://host/db")]
    [InlineData("postgresql://host/my db", "postgresql://host/my%20db")]
    [InlineData("postgresql://host/db\n", "postgresql://host/db")]
    [InlineData(" postgresql://host/db", "postgresql://host/db")]
    [InlineData("postgresql://ho\u200bst/db", "postgresql://host/db")]
    [InlineData("postgresql://host.\nexample.com/db", "postgresql://host.example.com/db")]
    [InlineData("postgresql://a/db postgresql://b/db", "postgresql://a/db")]
    [InlineData("postgresql://a/db\npostgresql://b/db", "postgresql://a/db")]
    [InlineData("postgresql://a:1,b:2/db", "postgresql://a:1/db")]
    [InlineData("postgresql://a:1;b:2/db", "postgresql://a:1/db")]
    [InlineData("postgresql://host:/db", "postgresql://host/db")]
    [InlineData("postgresql://host:x/db", "postgresql://host/db")]
    [InlineData("postgresql://host:70000/db", "postgresql://host/db")]
    [InlineData("postgresql://2001:db8::1:5432/db", "postgresql://[2001:db8::1]:5432/db")]
    [InlineData("::1/db", "[::1]/db")]
    [InlineData("2001:db8::a/db", "[2001:db8::a]/db")]
    [InlineData("postgresql://u:p@host/db", "postgresql://host/db")]
    [InlineData("postgresql://host/db?user=u&sslmode=require&password=p", "postgresql://host/db?sslmode=require")]
    [InlineData("host/db#x", "host/db")]
    public void Of_a_database(string uris, string meant) =>
        AssertRemedied(u => Declarations.Postgres with { Uris = u }, uris, meant);

    [Theory]
    [InlineData("s3://bucket/prefix", "https://bucket.s3.amazonaws.com/prefix")]
    [InlineData("s3://bucket", "https://bucket.s3.amazonaws.com/")]
    [InlineData("S3://my.bucket-1/a/b/", "https://my.bucket-1.s3.amazonaws.com/a/b/")]
    [InlineData("s3a://bucket/warehouse", "https://bucket.s3.amazonaws.com/warehouse")]
    [InlineData("s3n://bucket/", "https://bucket.s3.amazonaws.com/")]
    [InlineData("bucket.s3.amazonaws.com/", "https://bucket.s3.amazonaws.com/")]
    [InlineData("https:/bucket.s3.amazonaws.com/", "https://bucket.s3.amazonaws.com/")]
    [InlineData("https://bucket.s3.amazonaws.com/a b", "https://bucket.s3.amazonaws.com/a%20b")]
    [InlineData("https://bucket.s3.amazonaws.com/?x", "https://bucket.s3.amazonaws.com/")]
    [InlineData("http://localhost:9000/bucket", "https://localhost:9000/bucket")]
    [InlineData("my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("my-bucket/prefix/", "https://my-bucket.s3.amazonaws.com/prefix/")]
    [InlineData("/my-bucket/prefix", "https://my-bucket.s3.amazonaws.com/prefix")]
    [InlineData("//my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("://my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData(" my-bucket\n", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("s3:my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("s3:/my-bucket/a", "https://my-bucket.s3.amazonaws.com/a")]
    [InlineData("s3:///my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("s3://key:secret@my-bucket/a", "https://my-bucket.s3.amazonaws.com/a")]
    [InlineData("s3://my-bucket/data/*", "https://my-bucket.s3.amazonaws.com/data/")]
    [InlineData("s3://my-bucket.s3.us-west-2.amazonaws.com/data", "https://my-bucket.s3.us-west-2.amazonaws.com/data")]
    [InlineData("arn:aws:s3:::my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("arn:aws:s3:::my-bucket/", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("arn:aws:s3:::my-bucket/prefix/*", "https://my-bucket.s3.amazonaws.com/prefix/")]
    [InlineData("ARN:aws:s3:::my-bucket", "https://my-bucket.s3.amazonaws.com/")]
    [InlineData("s3.us-west-2.amazonaws.com/my-bucket", "https://s3.us-west-2.amazonaws.com/my-bucket")]
    [InlineData("minio:9000/my-bucket", "https://minio:9000/my-bucket")]
    [InlineData("s3:9000/my-bucket", "https://s3:9000/my-bucket")]
    [InlineData("localhost/my-bucket", "https://localhost/my-bucket")]
    [InlineData("10.0.0.5/my-bucket", "https://10.0.0.5/my-bucket")]
    [InlineData("2001:db8::1:9000/my-bucket", "https://[2001:db8::1]:9000/my-bucket")]
    [InlineData("minio.example.com/my-bucket", "https://minio.example.com/my-bucket")]
    public void Of_a_bucket(string uris, string meant) => AssertRemedied(u => s_bucket with { Uris = u }, uris, meant);

    [Theory]
    [InlineData("gs://bucket/x")]
    [InlineData("abfss://c@acc.dfs.core.windows.net/p")]
    [InlineData("wasbs://c@acc.blob.core.windows.net/p")]
    [InlineData("oss://bucket/x")]
    [InlineData("hdfs://namenode:8020/x")]
    [InlineData("r2://bucket")]
    [InlineData("file:///tmp/x")]
    [InlineData("s3a://")]
    [InlineData("s3://bucket:9000/x")]
    [InlineData("s3://My_Bucket/x")]
    [InlineData("My_Bucket")]
    [InlineData("arn:aws:s3:us-west-2:123456789012:accesspoint/ap")]
    [InlineData("arn:aws-cn:s3:::bucket")]
    [InlineData("arn:aws:s3:::")]
    public void What_names_no_bucket_is_led_to_none(string uris)
    {
        var failure = Assert.Single((s_bucket with { Uris = uris }).Validate());

        Assert.EndsWith(
            ": write the https:// address of a bucket in Amazon S3 (the storage of another service is not this subtype),"
                + " for example https://mybucket.s3.us-west-2.amazonaws.com/",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_name_with_a_dot_may_be_a_host_or_a_bucket() =>
        Assert.StartsWith(
            "s3.uris has no scheme: write https://my.bucket/p if that names a host, or https://my.bucket.s3.amazonaws.com/p if it does not",
            Assert.Single((s_bucket with { Uris = "my.bucket/p" }).Validate()).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("my-account", "https://my-account.snowflakecomputing.com")]
    [InlineData("XY12345", "https://XY12345.snowflakecomputing.com")]
    [InlineData("my-account.snowflakecomputing.com", "https://my-account.snowflakecomputing.com")]
    [InlineData("snowflake://my-account/db/schema", "https://my-account.snowflakecomputing.com")]
    [InlineData("snowflake://u:p@my-account/db", "https://my-account.snowflakecomputing.com")]
    [InlineData(
        "jdbc:snowflake://my-account.snowflakecomputing.com/?db=x",
        "https://my-account.snowflakecomputing.com/"
    )]
    public void Of_an_account(string uris, string meant) =>
        AssertRemedied(u => Declarations.Snowflake with { Uris = u }, uris, meant);

    [Theory]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/orders")]
    [InlineData("kinesis://orders")]
    [InlineData("orders")]
    public void A_stream_is_no_endpoint(string uris) =>
        Assert.Contains(
            ": write the https:// address of the endpoint, not of a stream, for example https://kinesis.us-east-1.amazonaws.com",
            Assert
                .Single(
                    new KinesisStoreArgs
                    {
                        Name = "x",
                        Uris = uris,
                        IamRoleArn = "r",
                    }.Validate()
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("http://localhost:4566")]
    [InlineData("HTTP://127.0.0.1:9000")]
    [InlineData("http://polaris:8181")]
    [InlineData("http://nessie:19120")]
    [InlineData("http://host.docker.internal:4566")]
    public void Of_a_service_that_runs_locally_the_way_is_told(string uris)
    {
        var store = Declarations.Snowflake with { Uris = uris };

        Assert.Contains(
            "proxy that has it in front",
            Assert.Single(store.Validate()).Message,
            StringComparison.Ordinal
        );
        AssertRemedied(
            u => store with { Uris = u },
            uris,
            "https" + uris[uris.IndexOf(':', StringComparison.Ordinal)..]
        );
    }

    private static void AssertRemedied(Func<string, StoreArgs> declare, string uris, string meant)
    {
        var told = new List<string>();
        for (var text = uris; ; )
        {
            if (declare(text).Validate() is not [var failure, ..])
            {
                Assert.Equal(meant, text);
                return;
            }

            told.Add($"{failure.Message} ({text})");
            Assert.True(told.Count < 12, string.Join('\n', told));
            var item = Regex.Match(failure.Property, @"\[(\d+)\]", RegexOptions.None, s_second);
            var items = item.Success ? text.Split(',') : [text];
            var at = item.Success ? int.Parse(item.Groups[1].Value) : 0;
            var done = Do(failure.Message.Split(", for example ")[0], items[at]);
            Assert.True(done is null || done != items[at], string.Join('\n', told));
            text = string.Join(
                ',',
                done is null ? items.Where((_, i) => i != at) : items.Select((x, i) => i == at ? done : x)
            );
        }
    }

    /// <summary>Does what a message says, as somebody does who understands nothing of it; null to remove the item.</summary>
    private static string? Do(string message, string text)
    {
        var index = Regex.Match(message, @"at index (\d+)", RegexOptions.None, s_second) is { Success: true } m
            ? int.Parse(m.Groups[1].Value)
            : -1;
        var last = Regex.Match(message, @"up to index (\d+)", RegexOptions.None, s_second) is { Success: true } l
            ? int.Parse(l.Groups[1].Value)
            : index;
        var named = Regex.Match(message, @"U\+([0-9A-F]+)", RegexOptions.None, s_second) is { Success: true } n
            ? char.ConvertFromUtf32(Convert.ToInt32(n.Groups[1].Value, 16))
            : "";
        var remedy = message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        var host = text.Contains("://", StringComparison.Ordinal)
            ? text.IndexOf("://", StringComparison.Ordinal) + 3
            : 0;
        var authorityEnd = text.IndexOfAny(['/', '?', '#'], host) is var e and >= 0 ? e : text.Length;
        return remedy switch
        {
            "give it an address or remove its comma" => null,
            "write a comma in its place" => text.Replace(named, ",", StringComparison.Ordinal),
            "remove it" or "remove all of it" when index >= 0 => text.Remove(index, last - index + 1),
            _ when remedy.StartsWith("write a comma in place of", StringComparison.Ordinal) => Regex.Replace(
                text,
                @"[\s\u200b]+",
                ",",
                RegexOptions.None,
                s_second
            ),
            "write %20 in its place, or remove it" => text.Remove(index, 1).Insert(index, "%20"),
            "write / in its place" => text.Replace('\\', '/'),
            _ when remedy.StartsWith("it holds U+", StringComparison.Ordinal)
                    && remedy.EndsWith("in its place", StringComparison.Ordinal) => text.Replace(
                named,
                remedy[^15].ToString(),
                StringComparison.Ordinal
            ),
            _ when remedy.StartsWith("it holds U+", StringComparison.Ordinal) => text.Replace(
                named,
                "",
                StringComparison.Ordinal
            ),
            "write host:port, without the scheme and its ://" or "write host:port" when host > 0 => text[host..],
            "remove it" when message.Contains("starts with a slash", StringComparison.Ordinal) => text.TrimStart('/'),
            "remove it" when message.Contains("starts with ://", StringComparison.Ordinal) => text[host..],
            "remove it and write host:port" => text.TrimStart('/'),
            _ when remedy.EndsWith("in place of the slashes in front of the host", StringComparison.Ordinal) => Written(
                remedy
            ) + text.TrimStart('/'),
            _ when remedy.StartsWith("in front of the host write", StringComparison.Ordinal) => Written(remedy)
                + text[(Written(remedy).Length - 2)..].TrimStart('/'),
            _ when remedy.StartsWith("start it with", StringComparison.Ordinal) => Written(remedy) + text[host..],
            "write it there" => text.Replace("]", "]:", StringComparison.Ordinal),
            "write ] after the IPv6 address" => text.Insert(text.LastIndexOf(':'), "]"),
            "remove them" => text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal),
            "add it, as host:port" => text + ":9092",
            "write one" => text[..text.LastIndexOf(':')] + ":9092",
            "write one, or remove it with its colon" => text.Remove(
                text.LastIndexOf(':', authorityEnd - 1),
                authorityEnd - text.LastIndexOf(':', authorityEnd - 1)
            ),
            "name one" => text.Remove(
                text.IndexOfAny([',', ';'], host),
                authorityEnd - text.IndexOfAny([',', ';'], host)
            ),
            "keep one" => text[..index],
            _ when remedy.StartsWith("add it after the host", StringComparison.Ordinal) => text.TrimEnd('/') + "/name",
            "remove what follows it" => text[..text.LastIndexOf('/')],
            "remove it" when message.Contains("a path", StringComparison.Ordinal) => text[..authorityEnd],
            "remove it" when message.Contains("a query", StringComparison.Ordinal) => text[..text.IndexOf('?')],
            "remove it" when message.Contains("a fragment", StringComparison.Ordinal) => text[..text.IndexOf('#')],
            "take them out and set them as properties" => text[..host] + text[(text.LastIndexOf('@') + 1)..],
            "take it out and set it as a property" => Regex
                .Replace(text, "(?<=[?&])(user|password)=[^&]*(&|$)", "", RegexOptions.None, s_second)
                .TrimEnd('&'),
            // The right address itself.
            _ when remedy.StartsWith("write [", StringComparison.Ordinal) => text[..host]
                + Written(remedy)
                + text[authorityEnd..],
            _ when remedy.StartsWith("write ", StringComparison.Ordinal) => Written(remedy),
            _ => throw new InvalidOperationException($"Nobody can do this literally: {message}"),
        };
    }

    private static string Written(string remedy) =>
        Regex.Match(remedy, @"(?:write|start it with) ([^ ,]+)", RegexOptions.None, s_second).Groups[1].Value;
}
