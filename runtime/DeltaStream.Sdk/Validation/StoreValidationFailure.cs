namespace DeltaStream.Sdk;

/// <summary>One thing that is wrong with a declaration (FR-006).</summary>
/// <param name="Property">The path of the property, such as <c>kafka.saslUsername</c>.</param>
/// <param name="Code">The kind of failure: one of <see cref="StoreValidationCodes"/>.</param>
/// <param name="Message">What is wrong and what to do. Never holds a secret's value.</param>
public sealed record StoreValidationFailure(string Property, string Code, string Message)
{
    /// <summary>The <see cref="Message"/>, which names the property.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => Message;
}
