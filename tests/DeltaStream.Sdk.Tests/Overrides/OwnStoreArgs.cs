using System.Collections.Immutable;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Tests.Overrides;

/// <summary>A project's own subtype: a name that an update removes with NULL, a text and a secret. All three are unverified.</summary>
internal sealed record OwnStoreArgs : StoreArgs
{
    public static StoreSubtype Definition { get; } =
        new(
            name: "own",
            type: "OWN",
            title: "Own",
            description: "A subtype of a project's own.",
            properties: ImmutableArray.Create(
                Property("registry", "registry.name", StorePropertyKind.Identifier) with
                {
                    Unset = StorePropertyUnset.Null,
                },
                Property("note", "own.note", StorePropertyKind.String),
                Property("token", "own.token", StorePropertyKind.String) with
                {
                    Secret = true,
                }
            )
        );

    public string? Registry { get; init; }

    public string? Note { get; init; }

    public Secret? Token { get; init; }

    public override StoreSubtype Subtype => Definition;

    protected override void ValidateProperties(ref StoreValidation validation) { }

    protected override object? GetValue(int index) =>
        index switch
        {
            // Without the cast all would become secrets, because a text converts to one.
            0 => (object?)Registry,
            1 => Note,
            _ => Token,
        };

    protected override StorePropertySet GetForbiddenProperties() => StorePropertySet.None;

    protected override void WriteTypeEntry(ref StatementWriter statement) => statement.Key(", 'type' = OWN");

    protected override void WritePropertyEntries(
        ref StatementWriter statement,
        StorePropertySet sent,
        StorePropertySet removed
    )
    {
        if (sent.Contains(0) && Registry is not null)
        {
            statement.Key(0, ", 'registry.name' = ");
            statement.Identifier(0, Registry);
        }
        else if (removed.Contains(0))
        {
            statement.Key(0, ", 'registry.name' = NULL");
        }

        if (sent.Contains(1) && Note is not null)
        {
            statement.Key(1, ", 'own.note' = ");
            statement.Literal(1, Note);
        }

        if (sent.Contains(2) && Token is not null)
        {
            statement.Key(2, ", 'own.token' = ");
            statement.Secret(Token.Value);
        }
    }

    private static StoreProperty Property(string name, string key, StorePropertyKind kind) =>
        new()
        {
            Name = name,
            Key = key,
            Kind = kind,
            Mutable = true,
            Description = "One of the project's own.",
            Unverified = "Nobody has seen the service take it.",
        };
}
