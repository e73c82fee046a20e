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

    /// <summary>Texts with the flags of regions, right and wrong ones. A schema can't judge them.</summary>
    public static IReadOnlyList<string> Flags { get; } =
    [
        Scotland,
        $"x {Scotland}",
        $"{Scotland} x",
        Scotland + Scotland,
        Scotland + "\U000E007F",
        Scotland[..^2],
        "\U0001F3F4",
        "\U0001F3F4\U000E007F",
        "x\U000E0067\U000E007F",
        "\U000E0067\U000E007F",
        "x \U0001F3F4\U000E0067",
        "\U0001F3F4x\U000E0067\U000E007F",
        "\U0001F3F4\U000E0067 x",
        $"\U0001F3F4{Tags(30)}\U000E007F",
        $"\U0001F3F4{Tags(31)}\U000E007F",
        $"x{Tags(40)}",
    ];

    private const string Scotland = "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F";

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
        "?api%20key=k",
        "?User%20Id=u",
        "?keystorePass=p",
        "?session_key=k",
        "?bypass=true",
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

    public static IReadOnlyList<string> Files { get; } =
    [
        "",
        "no PEM",
        RightValues.Pem,
        "-----BEGIN A-----AAAA-----END A-----",
        "-----BEGIN A-----\nAAA\n-----END A-----",
        "-----BEGIN A-----\nAAA=\n-----END A----- and more",
        .. new[]
        {
            "CERTIFICATE",
            "X509 CERTIFICATE",
            "X.509 CERTIFICATE",
            "TRUSTED CERTIFICATE",
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "FOO PRIVATE KEY",
            "MY-PRIVATE KEY",
            "CMS",
        }.Select(RightValues.Block),
        Certificate + Certificate,
        Certificate.TrimEnd() + Certificate,
        Certificate + RightValues.Block("X509 CERTIFICATE"),
        Certificate + RightValues.Block("PRIVATE KEY"),
        Certificate + RightValues.Block("FOO PRIVATE KEY"),
        RightValues.Block("PRIVATE KEY") + RightValues.Block("EC PARAMETERS"),
        Certificate[..40],
        Certificate + Certificate[..40],
        Certificate + "-----END CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n" + Certificate,
        "x-----END CERTIFICATE-----\n-----END CERTIFICATE-----\n" + Certificate,
        Certificate + "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\n \n-----END PRIVATE KEY-----\n",
        Certificate + "-----BEGIN A-----\nAAAA\n-----END B-----\n",
        Certificate.TrimEnd() + "x",
        Certificate.TrimEnd() + "xy",
        Certificate.Replace("AAAA", "AAB=", StringComparison.Ordinal),
        Certificate.Replace("AAAA", "AA AA\r\nBBBB ", StringComparison.Ordinal),
        Certificate.Replace("AAAA", "Proc-Type: 4,ENCRYPTED\n\nAAAA", StringComparison.Ordinal),
        "-----BEGIN  CERTIFICATE-----\nAAAA\n-----END  CERTIFICATE-----\n",
        "Bag Attributes\n  name: x\n" + Certificate,
        $"\"{Certificate.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        "\ufeff" + RightValues.Block("PRIVATE KEY"),
        "\ufeff" + Certificate,
        "/etc/ssl/ca.pem",
    ];

    private static string Tags(int count) => string.Concat(Enumerable.Repeat("\U000E0067", count));

    private static string Certificate => RightValues.Block("CERTIFICATE");
}
