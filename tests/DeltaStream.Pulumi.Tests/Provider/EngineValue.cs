using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>Values as an engine sends them: written by hand, so that the provider's own code is not its judge.</summary>
internal static class EngineValue
{
    public const string Signature = "4dabf18193072939515e22adb298388d";
    public const string SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
    public const string OutputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    public const string AssetSignature = "c44067f5952c0a294b673a41bacd8c17";
    public const string ArchiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
    public const string ReferenceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
    public const string BytesSignature = "803fd3297a5875dc03ca845dda5d2a98";

    /// <summary>The texts that stand for what is not known yet, by type.</summary>
    public static IReadOnlyList<string> Unknowns { get; } =
    [
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ];

    public static Value Unknown { get; } = Value.ForString(Unknowns[0]);

    public static Struct Object(params (string Name, Value Value)[] members)
    {
        var made = new Struct();
        foreach (var (name, value) in members)
        {
            made.Fields[name] = value;
        }

        return made;
    }

    public static Value Of(object value) =>
        value switch
        {
            bool flag => Value.ForBool(flag),
            long number => Value.ForNumber(number),
            int number => Value.ForNumber(number),
            Struct members => Value.ForStruct(members),
            Value made => made,
            _ => Value.ForString((string)value),
        };

    public static Value Secret(object value) =>
        Value.ForStruct(Object((Signature, Of(SecretSignature)), ("value", Of(value))));

    public static Value Output(object? value, bool isSecret = false) =>
        Value.ForStruct(
            Object([
                (Signature, Of(OutputSignature)),
                .. value is null ? Array.Empty<(string, Value)>() : [("value", Of(value))],
                ("secret", Of(isSecret)),
                ("dependencies", Value.ForList(Of("urn:pulumi:s::p::t::n"))),
            ])
        );

    public static Value Asset(string text) =>
        Value.ForStruct(Object((Signature, Of(AssetSignature)), ("text", Of(text)), ("hash", Of("0123"))));

    public static Value FileAsset(string path) =>
        Value.ForStruct(Object((Signature, Of(AssetSignature)), ("path", Of(path)), ("hash", Of("0123"))));

    /// <summary>Whether a value is a secret.</summary>
    public static bool IsSecret(Value value) =>
        value.StructValue?.Fields.TryGetValue(Signature, out var sign) == true && sign.StringValue == SecretSignature;

    /// <summary>A value without the sign of a secret.</summary>
    public static Value Plain(Value value) => IsSecret(value) ? value.StructValue.Fields["value"] : value;

    /// <summary>A value by its path, without signs of secrets; null when there is none.</summary>
    public static Value? At(Struct values, string path)
    {
        Value? value = Value.ForStruct(values);
        foreach (var name in path.Split('.'))
        {
            value =
                value is not null
                && Plain(value).StructValue is { } members
                && members.Fields.TryGetValue(name, out var member)
                    ? member
                    : null;
        }

        return value;
    }

    /// <summary>The same values with another one at a path; null removes it.</summary>
    public static Struct With(this Struct values, string path, object? value)
    {
        var copy = values.Clone();
        var members = copy;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            members = Plain(members.Fields[name]).StructValue;
        }

        if (value is null)
        {
            members.Fields.Remove(names[^1]);
        }
        else
        {
            members.Fields[names[^1]] = Of(value);
        }

        return copy;
    }
}
