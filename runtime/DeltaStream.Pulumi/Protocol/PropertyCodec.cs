using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Protocol;

/// <summary>Values as they are on the wire. An object with a certain member is no object, and that member says what it is.</summary>
internal static class PropertyCodec
{
    private const string Signature = "4dabf18193072939515e22adb298388d";
    private const string SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
    private const string OutputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    private const string AssetSignature = "c44067f5952c0a294b673a41bacd8c17";
    private const string UnknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    private const string ValueMember = "value";
    private const string SecretMember = "secret";

    // A value that is not known is a text, by the type that it will have.
    private static readonly HashSet<string> s_unknown = new(StringComparer.Ordinal)
    {
        UnknownText,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    };

    /// <summary>Reads values; null is none.</summary>
    public static PropertyMap Read(Struct? values) =>
        values is null ? [] : new(values.Fields.Select(f => KeyValuePair.Create(f.Key, Read(f.Value))));

    public static PropertyValue Read(Value value) =>
        value.KindCase switch
        {
            Value.KindOneofCase.BoolValue => PropertyValue.Of(value.BoolValue),
            Value.KindOneofCase.NumberValue => PropertyValue.Of(value.NumberValue),
            Value.KindOneofCase.StringValue when s_unknown.Contains(value.StringValue) => PropertyValue.Unknown,
            Value.KindOneofCase.StringValue => PropertyValue.Of(value.StringValue),
            Value.KindOneofCase.ListValue => PropertyValue.Of([.. value.ListValue.Values.Select(Read)]),
            Value.KindOneofCase.StructValue => ReadObject(value.StructValue),
            _ => new PropertyValue(PropertyKind.Null),
        };

    /// <summary>Writes values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="keepsSecrets">Whether the engine knows secrets; false writes them as plain values.</param>
    public static Struct Write(PropertyMap values, bool keepsSecrets)
    {
        var written = new Struct();
        foreach (var (name, value) in values)
        {
            written.Fields[name] = Write(value, keepsSecrets);
        }

        return written;
    }

    private static Value Write(PropertyValue value, bool keepsSecrets)
    {
        var plain = value.Kind switch
        {
            PropertyKind.Null => Value.ForNull(),
            PropertyKind.Boolean => Value.ForBool(value.Flag),
            PropertyKind.Number => Value.ForNumber(value.Number),
            PropertyKind.Text => Value.ForString(value.Text),
            PropertyKind.List => Value.ForList([.. value.Items.Select(i => Write(i, keepsSecrets))]),
            PropertyKind.Map => Value.ForStruct(Write(value.Members, keepsSecrets)),
            PropertyKind.Unknown => Value.ForString(UnknownText),
            _ => Value.ForStruct(value.Raw),
        };
        return value.IsSecret && keepsSecrets
            ? Value.ForStruct(
                new Struct { Fields = { [Signature] = Value.ForString(SecretSignature), [ValueMember] = plain } }
            )
            : plain;
    }

    private static PropertyValue ReadObject(Struct value)
    {
        var content = value.Fields.GetValueOrDefault(ValueMember);
        return value.Fields.GetValueOrDefault(Signature)?.StringValue switch
        {
            null => PropertyValue.Of(Read(value)),
            SecretSignature => (content is null ? new PropertyValue(PropertyKind.Null) : Read(content)) with
            {
                IsSecret = true,
            },
            OutputSignature => Output(content, value.Fields.GetValueOrDefault(SecretMember)?.BoolValue == true),
            AssetSignature => PropertyValue.Of(PropertyKind.Asset, value),
            _ => PropertyValue.Of(PropertyKind.Other, value),
        };
    }

    // An output without a value is not known yet.
    private static PropertyValue Output(Value? content, bool isSecret)
    {
        var value = content is null ? PropertyValue.Unknown : Read(content);
        return value with { IsSecret = isSecret || value.IsSecret };
    }
}
