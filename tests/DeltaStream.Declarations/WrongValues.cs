using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>Values that break one rule of their property each.</summary>
internal static class WrongValues
{
    public static IEnumerable<(string Rule, object Value)> Of(PropertySpec property, RightValues values)
    {
        switch (property.Kind)
        {
            case PropertyKind.Enum:
                yield return ($"one of {Wording.And(property.Values.Select(v => v.Name))}", 99);
                break;
            case PropertyKind.Integer:
                if (property.Minimum is { } least)
                {
                    yield return ($"at least {least}", least - 1);
                }

                if (property.Maximum is { } most)
                {
                    yield return ($"at most {most}", most + 1);
                }

                break;
            case PropertyKind.File:
                yield return ("not empty", "");
                if (property.File!.IsPem)
                {
                    yield return ("PEM", "no PEM");
                    yield return (
                        "every block whole, in PEM",
                        RightValues.FileOf(property) + "-----BEGIN CERTIFICATE-----\nAAAA\n"
                    );
                }

                foreach (var wrong in OfContent(property.File.Content))
                {
                    yield return wrong;
                }

                if (property.File.MaxBytes is { } bytes)
                {
                    yield return (
                        $"at most {bytes} bytes",
                        RightValues.FileOf(property) + new string('\n', (int)bytes)
                    );
                }

                break;
            case PropertyKind.Uris:
                yield return ("not empty", "");
                yield return ("no line break", "a\nb");
                foreach (var wrong in OfAddress(property.Uri!, (string)values.Of(property)))
                {
                    yield return wrong;
                }

                break;
            case PropertyKind.String or PropertyKind.Identifier:
                if (property.MinLength > 0)
                {
                    yield return (
                        property.MinLength == 1 ? "not empty" : $"at least {property.MinLength} characters",
                        ""
                    );
                }

                if (property.MaxLength is { } length)
                {
                    yield return ($"at most {length} characters", new string('x', (int)length + 1));
                }

                var long_ = new string('x', (int)Math.Max(1, property.MinLength));
                yield return ("no NUL, no line break, no half of a surrogate pair", long_ + "\u2028");
                if (property.Kind == PropertyKind.Identifier)
                {
                    yield return ("no control character", long_ + "\t");
                    yield return ("no format character", $"x\u200b{long_}");
                }

                if (property.Address)
                {
                    yield return ("no credentials", "s3://u:p@h/p");
                    yield return ("no credentials in percent encoding", "s3://u%3Ap%40h/p");
                    yield return ("no credentials in a query", "s3://h/p?a=b&ToKen=t");
                    yield return ("no credentials in the path", "/p;user=u;pwd=p");
                }

                if (!property.Secret)
                {
                    yield return ("nothing invisible at the start or the end", long_ + "\u00a0");
                    yield return ("not only blanks", new string(' ', long_.Length));
                }

                break;
        }
    }

    private static IEnumerable<(string Rule, object Value)> OfContent(string content)
    {
        var (certificate, key) = (RightValues.Block("CERTIFICATE"), RightValues.Block("PRIVATE KEY"));
        switch (content)
        {
            case "certificate":
                yield return ("one certificate, in PEM", RightValues.Block("PUBLIC KEY"));
                yield return ("no more than one certificate, in PEM", certificate + certificate);
                yield return ("no private key, in PEM", certificate + key);
                break;
            case "certificates":
                yield return ("a certificate, in PEM", RightValues.Block("PUBLIC KEY"));
                yield return ("no private key, in PEM", certificate + key);
                break;
            case "privateKey":
                yield return ("a private key, in PEM", certificate);
                yield return ("no more than one private key, in PEM", key + key);
                yield return (
                    "a private key that is not encrypted, in PEM",
                    RightValues.Block("ENCRYPTED PRIVATE KEY")
                );
                break;
            case "pkcs8":
                yield return ("a private key, in PEM", certificate);
                yield return ("no more than one private key, in PEM", key + key);
                yield return ("a private key in PKCS #8, in PEM", RightValues.Block("RSA PRIVATE KEY"));
                break;
        }
    }

    private static IEnumerable<(string Rule, object Value)> OfAddress(UriSpec uri, string right)
    {
        var scheme = uri.Schemes.Count > 0 ? $"{uri.Schemes[0]}://" : string.Empty;
        var segment = uri.Path == "segment" ? "/s" : string.Empty;
        yield return ("no space", right + " ");
        yield return ("nothing invisible", right + "\u200b");
        yield return ("no credentials", $"{scheme}u:p@h.example.com:1{segment}");
        yield return ("no credentials in percent encoding", $"{scheme}u%3Ap%40h.example.com:1{segment}");
        yield return ("no credentials in a query", $"{scheme}h.example.com:1{segment}?a=b&p%61ssWord=p");
        yield return ("no credentials in the path", $"{scheme}h.example.com:1{segment};user=u;pwd=p");
        yield return ("a host", $"{scheme}:1{segment}");
        yield return ("a valid host name", $"{scheme}h!:1{segment}");
        yield return ("a port from 1 to 65535", $"{scheme}h:0{segment}");
        yield return ("no fragment", $"{scheme}h:1{segment}#f");
        if (uri.Schemes.Count == 0)
        {
            yield return ("no scheme", $"https://h:1{segment}");
        }
        else
        {
            yield return ($"the scheme {Wording.Or(uri.Schemes)}", $"gopher://h:1{segment}");
            if (uri.DefaultScheme is null)
            {
                yield return ("a scheme", $"h:1{segment}");
            }
        }

        if (uri.PortRequired)
        {
            yield return ("a port", $"{scheme}h{segment}");
        }

        if (!uri.List)
        {
            yield return ("one host", $"{scheme}h:1,g:1{segment}");
        }
        else
        {
            yield return ("no empty address in the list", $"{right},");
            yield return ("no credentials of one of several", $"{right},u:p@h.example.com:1{segment}");
        }

        if (!uri.Query)
        {
            yield return ("no query", $"{scheme}h:1{segment}?a=b");
        }

        switch (uri.Path)
        {
            case "none":
                yield return ("no path", $"{scheme}h:1/p");
                break;
            case "segment":
                yield return ($"a {uri.SegmentName ?? "path segment"}", $"{scheme}h:1");
                yield return ($"no more than the {uri.SegmentName ?? "path segment"}", $"{scheme}h:1/a/b");
                break;
        }
    }
}
