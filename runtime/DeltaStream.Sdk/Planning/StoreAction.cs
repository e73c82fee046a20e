using System.Text.Json.Serialization;

namespace DeltaStream.Sdk;

/// <summary>What a plan does with a store.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoreAction>))]
public enum StoreAction
{
    /// <summary>The store is as declared, or is no longer declared and kept. Nothing is sent.</summary>
    None,

    /// <summary>The store does not exist: CREATE STORE.</summary>
    Create,

    /// <summary>The store was deleted outside: CREATE STORE.</summary>
    Recreate,

    /// <summary>A store that nothing is known of is taken over: UPDATE STORE, or nothing when unknown values are kept.</summary>
    Adopt,

    /// <summary>Values changed that the service changes in place: UPDATE STORE.</summary>
    Update,

    /// <summary>The store errored: UPDATE STORE with everything that can be updated.</summary>
    Retry,

    /// <summary>Something changed that can't be changed in place: DROP STORE, then CREATE STORE, because the name is taken.</summary>
    Replace,

    /// <summary>The store is as declared, and the service still works on it. Nothing is sent; apply waits until it is ready.</summary>
    Wait,

    /// <summary>The store is known, no longer declared, and its deletion was asked for: DROP STORE.</summary>
    Delete,

    /// <summary>The store is known, no longer declared, and gone or another's. Nothing is sent; the state forgets it.</summary>
    Forget,

    /// <summary>The store is not known to be the declared one, or must not be changed while something is unknown. Nothing is done to it.</summary>
    Conflict,
}
