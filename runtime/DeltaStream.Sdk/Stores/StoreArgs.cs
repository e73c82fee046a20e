using System.ComponentModel;
using System.Text.Json.Serialization;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk;

/// <summary>The declaration of a store: one of the records generated from the specs, such as <c>KafkaStoreArgs</c> (D-008).</summary>
/// <remarks>
/// The union is closed (D-010): don't derive from it by hand. A declaration is immutable; make a changed copy with
/// <c>with</c>.
/// </remarks>
public abstract record StoreArgs
{
    /// <summary>Starts a declaration.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected StoreArgs() { }

    /// <summary>The store's name, unique in the organization. Case and every character but control and format characters are kept.</summary>
    public required string Name { get; init; }

    /// <summary>The role that owns the store; null for the role of the connection.</summary>
    /// <remarks>
    /// The owner is the role that executes the statement. A connection that can't switch roles refuses a declaration that sets
    /// it, before anything is sent.
    /// </remarks>
    public string? Owner { get; init; }

    /// <summary>What the store is for, in words for people; null to say nothing. It can be updated in place (FR-005).</summary>
    /// <remarks>Unverified: no source shows the service accepting it; it is sent only when set.</remarks>
    public virtual string? Description { get; init; }

    /// <summary>What the spec says of this subtype.</summary>
    [JsonIgnore]
    public abstract StoreSubtype Subtype { get; }

    /// <summary>Checks the declaration by every rule of its subtype (FR-006). Nothing is sent.</summary>
    /// <returns>All failures at once; empty when the declaration is right.</returns>
    public IReadOnlyList<StoreValidationFailure> Validate()
    {
        var validation = new StoreValidation(Subtype.Name);
        validation.Identifier("name", Name);
        if (Owner is not null)
        {
            validation.Identifier("owner", Owner);
        }

        if (Description is not null && !Subtype.HasDescription)
        {
            validation.Fail("description", StoreValidationCodes.NotSupported, ValueCheck.NotSupported(Subtype.Name));
        }

        ValidateProperties(ref validation);
        return validation.Failures;
    }

    /// <summary>Checks the subtype's own properties.</summary>
    /// <param name="validation">Where failures go.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void ValidateProperties(ref StoreValidation validation);

    /// <summary>Returns the value in effect of a property: what is set, else what a rule implies, else the default.</summary>
    /// <param name="index">The property's place in the spec.</param>
    /// <returns>
    /// A text (addresses in their normal form, an enum's token), a bool, a long, a <see cref="Secret"/> or a
    /// <see cref="StoreFile"/>; null when there is no value.
    /// </returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract object? GetValue(int index);

    /// <summary>Returns what is set of a property, without defaults and what rules imply, and addresses as they are written.</summary>
    /// <param name="index">The property's place in the spec.</param>
    /// <returns>What <see cref="GetValue"/> returns, or null when nothing is set.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual object? GetDeclaredValue(int index) => GetValue(index);

    /// <summary>Which properties the rules forbid, given the others.</summary>
    /// <returns>The properties, by their place in the spec.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract StorePropertySet GetForbiddenProperties();

    /// <summary>Writes the entry of the WITH list that names the type.</summary>
    /// <param name="statement">The statement.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void WriteTypeEntry(ref StatementWriter statement);

    /// <summary>Writes the entries of the WITH list.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="sent">The properties to write, where they have a value.</param>
    /// <param name="removed">The properties that lost their value, for those that are then sent as NULL.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract void WritePropertyEntries(
        ref StatementWriter statement,
        StorePropertySet sent,
        StorePropertySet removed
    );

    internal object? ValueOf(int property) => GetValue(property);

    internal object? DeclaredValueOf(int property) => GetDeclaredValue(property);

    /// <summary>Which properties have a value, set or by default.</summary>
    internal StorePropertySet SetProperties() => Where(property => GetValue(property) is not null);

    internal StorePropertySet ForbiddenProperties() => GetForbiddenProperties();

    /// <summary>Which properties have another value in effect than in a declaration of the same subtype.</summary>
    internal StorePropertySet ChangedSince(StoreArgs previous) =>
        Where(property => !Equals(GetValue(property), previous.GetValue(property)));

    internal void WriteType(ref StatementWriter statement) => WriteTypeEntry(ref statement);

    internal void WriteProperties(ref StatementWriter statement, StorePropertySet sent, StorePropertySet removed) =>
        WritePropertyEntries(ref statement, sent, removed);

    private StorePropertySet Where(Func<int, bool> condition)
    {
        var properties = StorePropertySet.None;
        for (var i = 0; i < Subtype.Properties.Length; i++)
        {
            properties = properties.With(i, condition(i));
        }

        return properties;
    }
}
