namespace DeltaStream.Sdk.Validation;

/// <summary>What is wrong with a value by itself.</summary>
internal enum ValueFaultKind
{
    Missing,
    TooShort,
    TooLong,
    OutOfRange,
    InvalidCharacter,
    InvalidUri,
    InvalidFile,
}

/// <summary>One thing that is wrong with a value.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Message">What is wrong and what to do, to follow the property's path. Never holds the value.</param>
internal readonly record struct ValueFault(ValueFaultKind Kind, string Message);

/// <summary>What is wrong with a value: nothing, one thing, or its length and its characters.</summary>
internal readonly record struct ValueFaults(ValueFault? First, ValueFault? Second)
{
    public static implicit operator ValueFaults(ValueFault? fault) => new(fault, null);
}
