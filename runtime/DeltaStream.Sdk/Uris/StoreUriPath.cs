using System.ComponentModel;

namespace DeltaStream.Sdk.Uris;

/// <summary>What may follow the host in an address.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StoreUriPath
{
    /// <summary>Nothing; a lone slash is taken away.</summary>
    None,

    /// <summary>Any path.</summary>
    Any,

    /// <summary>Exactly one segment, such as a database's name.</summary>
    Segment,
}
