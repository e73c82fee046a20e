namespace DeltaStream.Declarations;

/// <summary>Texts, and parts of addresses, of which each check must say the same, right ones among them.</summary>
/// <remarks>Nothing here is what only a program can check: nothing beyond U+FFFF, where a schema counts otherwise.</remarks>
internal static class AwkwardValues
{
    public static IReadOnlyList<string> Texts { get; } =
    [
        "x",
        "x y",
        "text & more",
        "",
        " ",
        "\u00a0\u00a0",
        " x",
        "x ",
        "x\u00a0",
        "\ufeffx",
        "x\u200b",
        "x\u200by",
        "x\u2028",
        "x\u202ey",
        "x\u00ady",
        "x\u001b",
        "x\ty",
        "x\ny",
        "\0",
        "\u3000",
        "x\u2800",
        "é",
        "注文",
        "❤\ufe0f",
        "x\ufe0f",
        "\ufe0f",
        "\u0645\u200c\u06cc",
        "x\u115f",
        "x\u0601y",
    ];

    public static IReadOnlyList<string> Schemes { get; } =
    [
        "",
        "",
        "",
        "https://",
        "HTTPS://",
        "postgresql://",
        "jdbc:clickhouse://",
        "x://",
        "s3://",
        "//",
        "://",
        "https:/",
        "https:",
        "u:p@",
        "u%3Ap%40",
        "https://u@",
        " ",
        "\u200b",
    ];

    public static IReadOnlyList<string> Hosts { get; } =
    [
        "h",
        "h",
        "h.example.com",
        "[::1]",
        "::1",
        "2001:db8::1",
        "[h]",
        "h!",
        "h\u200b",
        "h\\",
        "",
        "a_b",
        "é",
        "h,g",
        "h:1,g:2",
        "h:1,",
        "h:1, g:2",
        "h:1;g:2",
        "h:1\ng:2",
        "h:1 g:2",
        "h:1\uff0cg:2",
        "h:1,https://g:2",
        "h:1,u:p@g:2",
        "h:1,u@g",
    ];

    public static IReadOnlyList<string> Ports { get; } =
    ["", "", ":1", ":1", ":65535", ":65536", ":0", ":080", ":x", ":", ":-1", ":655350", "1", ":p/w@h:1"];

    public static IReadOnlyList<string> Paths { get; } =
    [
        "",
        "",
        "/",
        "/d",
        "/d",
        "/d/",
        "/a/b",
        "//",
        "//d",
        "/a,b",
        "/a@b",
        "/a b",
        "/a%20b",
        "/❤\ufe0f",
        "/a\ufe0f",
        "/\u00a0",
        "/user=5",
        "/token=5/",
        "/d;password=p",
        "/d&PWD=p",
        "/d;pass%77ord%3Dp",
        "/d;pass%2577ord=p",
        "/d;compass=n",
        "/u:p@h",
        "/p@h:1",
        "/x/https://u@h",
        " ",
        "\n",
    ];

    public static IReadOnlyList<string> Tails { get; } =
    [
        "",
        "",
        "",
        "?a=b",
        "?sslmode=require&connect_timeout=10",
        "?user=u",
        "?a=b&User-Name=u",
        "?api_key=k",
        "?X-Amz-Security-Token=t",
        "?sig=s",
        "?design=s",
        "?p%61ssword=p",
        "?sslkey=client.key",
        "?email=a@b.example.com",
        "?from=u:p@h",
        "?a=b?c",
        "?",
        "?a#b",
        "#f",
    ];
}
