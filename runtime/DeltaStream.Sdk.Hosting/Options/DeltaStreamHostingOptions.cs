using System.Diagnostics;
using DeltaStream.Data;

namespace DeltaStream.Sdk.Hosting;

/// <summary>The settings of a client in the host.</summary>
public sealed class DeltaStreamHostingOptions
{
    /// <summary>
    /// The connection string. A secret. Over REST, setting it replaces what <see cref="Rest"/> has. Null when
    /// <c>ConnectionStrings</c> has none, and nothing else sets it.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ConnectionString
    {
        get;
        set
        {
            field = value;
            ConnectionFault = null;
            if (!IsRest || string.IsNullOrEmpty(value))
            {
                return;
            }

            try
            {
                Rest = DeltaStreamOptions.FromConnectionString(value);
            }
            catch (ArgumentException e)
            {
                ConnectionFault = e;
            }
        }
    }

    /// <summary>The settings of the REST API. The section has each by its name. Other transports have them in their connection
    /// string, but <see cref="DeltaStreamOptions.MaxRetries"/> and <see cref="DeltaStreamOptions.RetryDelay"/>, which count for every transport.</summary>
    public DeltaStreamOptions Rest { get; private set; } = new();

    /// <summary>
    /// A file with the API token, such as a mounted secret. It is read for each request, so a token that is replaced counts at once. Null
    /// for none. A relative path starts at the content root.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// Whether secrets travel in a file beside the statement, and not in its text. Unverified, and false by default.
    /// </summary>
    /// <remarks>It is <see cref="StoreClientOptions.AttachSecrets"/>.</remarks>
    public bool AttachSecrets { get; set; }

    /// <summary>
    /// Other keys for properties that a spec marks unverified, such as <c>PROPERTY=KEY:string</c>, with commas between them.
    /// Null for none.
    /// </summary>
    /// <remarks><see cref="StoreClientOptions.ParseKeyOverrides"/> reads it.</remarks>
    public string? KeyOverrides { get; set; }

    /// <summary>The subtypes of a project's own specs: the <c>All</c> of the project's <c>StoreSubtypes</c>. Empty by default.</summary>
    public IReadOnlyList<StoreSubtype> OwnSubtypes { get; set; } = [];

    /// <summary>Runs each read of the catalog; null for none. It is <see cref="StoreClientOptions.ReadPipeline"/>.</summary>
    public Func<Func<CancellationToken, ValueTask>, CancellationToken, ValueTask>? ReadPipeline { get; set; }

    /// <summary>How long the health check may take; 5 seconds unless set.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal bool IsRest { get; set; } = true;

    /// <summary>What is wrong with <see cref="ConnectionString"/>; null when nothing is.</summary>
    internal ArgumentException? ConnectionFault { get; private set; }

    /// <summary>The token as the configuration has it. While it is in use, the configuration is asked for it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? ConfiguredToken { get; set; }

    /// <summary>What is wrong in the configuration, with its keys.</summary>
    internal List<string> Faults { get; } = [];
}
