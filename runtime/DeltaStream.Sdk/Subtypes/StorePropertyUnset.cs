namespace DeltaStream.Sdk;

/// <summary>What an update does when an optional property is taken away.</summary>
public enum StorePropertyUnset
{
    /// <summary>The service can't take it away in place, so the update is refused before anything is sent.</summary>
    Refuse,

    /// <summary>The key is left out, and the service drops the value with its group.</summary>
    Omit,

    /// <summary>The key is sent with NULL.</summary>
    Null,
}
