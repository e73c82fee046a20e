using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DeltaStream.Data;

/// <summary>Makes the provider's objects, for programs that know only <see cref="DbProviderFactory"/>.</summary>
public sealed class DeltaStreamProviderFactory : DbProviderFactory
{
    /// <summary>The only instance.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "DbProviderFactories looks for a field of this name.")]
    public static readonly DeltaStreamProviderFactory Instance = new();

    private DeltaStreamProviderFactory() { }

    /// <inheritdoc/>
    public override DbConnection CreateConnection() => new DeltaStreamConnection();

    /// <inheritdoc/>
    public override DbCommand CreateCommand() => new DeltaStreamCommand();

    /// <inheritdoc/>
    public override DbParameter CreateParameter() => new DeltaStreamParameter();

    /// <inheritdoc/>
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() =>
        new DeltaStreamConnectionStringBuilder();

    /// <inheritdoc/>
    public override DbDataSource CreateDataSource(string connectionString) =>
        DeltaStreamDataSource.Create(connectionString);
}
