using System.Data.Common;
using DeltaStream.Data;
using DeltaStream.Data.Configuration;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting.Connection;

/// <summary>Checks the settings of a client when the host starts, by making what they are for. It sends nothing.</summary>
internal sealed class ConnectionCheck(Registration registration, IServiceProvider provider)
    : IValidateOptions<DeltaStreamHostingOptions>
{
    public ValidateOptionsResult Validate(string? name, DeltaStreamHostingOptions options)
    {
        if (name != registration.OptionsName)
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> faults = [.. options.Faults];
        if (options.ConnectionFault is { } fault)
        {
            faults.Add(SettingReader.WithKey(ConnectionKey(), fault));
        }

        if (options.HealthTimeout <= TimeSpan.Zero || options.HealthTimeout.TotalMilliseconds > int.MaxValue)
        {
            faults.Add($"{registration.Section}:HealthTimeout must be more than zero and at most 24 days.");
        }

        if (registration.IsRest)
        {
            CheckToken(options, faults);
        }
        else if (string.IsNullOrEmpty(options.ConnectionString))
        {
            faults.Add($"{registration.ConnectionPath} is missing: set it to the connection string.");
        }

        if (faults.Count == 0)
        {
            TryOut(options, faults);
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private void CheckToken(DeltaStreamHostingOptions options, List<string> faults)
    {
        var key = $"{registration.Section}:Token";
        if (TokenSource.HasCallback(options.Rest))
        {
            if (options.TokenFile is not null)
            {
                faults.Add(
                    $"{registration.Section}:TokenFile is set, and code sets a callback for the token (TokenProviderAsync or TokenProvider of Rest): remove one of them."
                );
            }

            return;
        }

        if (options.TokenFile is { } file)
        {
            if (options.Rest.Token is not null)
            {
                faults.Add($"{key} is set, and so is {registration.Section}:TokenFile: remove one of them.");
            }

            CheckTokenFile(file, faults);
        }
        // A connection string that can't be read may have it.
        else if (
            string.IsNullOrWhiteSpace(options.Rest.Token)
            && options.ConnectionFault is null
            && !faults.Exists(f => f.StartsWith(key, StringComparison.Ordinal))
        )
        {
            faults.Add(
                $"{key} is missing: set it, {registration.Section}:TokenFile, or 'Token' in {registration.ConnectionPath}; or set TokenProviderAsync of Rest in code."
            );
        }
    }

    private void CheckTokenFile(string file, List<string> faults)
    {
        var key = $"{registration.Section}:TokenFile";
        try
        {
            var token = TokenSource.Read(Path.Combine(ContentRoot.Of(provider), file));
            if (token.Length == 0)
            {
                faults.Add($"{key} names a file that is empty: write the token into it.");
                return;
            }

            ConnectionSettings.CheckedToken(token, $"{key} names a file whose text");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(
                $"{key} names a file that can't be read ({e.GetType().Name}): a relative path starts at '{ContentRoot.Of(provider)}'."
            );
        }
        catch (ArgumentException e)
        {
            faults.Add(SettingReader.WithKey(key, e));
        }
    }

    // What code set, and what only the client knows.
    private void TryOut(DeltaStreamHostingOptions options, List<string> faults)
    {
        var key = registration.IsRest ? registration.Section : ConnectionKey();
        try
        {
            using var dataSource = CreateDataSource(options);
            key = registration.Section;
            ConnectionFactory.CreateClient(provider, dataSource, options);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            faults.Add(SettingReader.WithKey(key, e));
        }
    }

    private DbDataSource CreateDataSource(DeltaStreamHostingOptions options)
    {
        if (registration.CreateDataSource is { } create)
        {
            return create(options.ConnectionString!, null);
        }

        // The token is checked, and a callback for it is not called.
        var rest = options.Rest;
        var (token, own) = (rest.Token, rest.HttpClient);
        using var client = new HttpClient();
        try
        {
            rest.Token = TokenSource.HasCallback(rest) ? null : token ?? "checked";
            // Which makes no connections of its own.
            rest.HttpClient = own ?? client;
            return DeltaStreamDataSource.Create(rest);
        }
        finally
        {
            (rest.Token, rest.HttpClient) = (token, own);
        }
    }

    private string ConnectionKey() =>
        ConnectionReading.ConfigurationOf(provider)?[$"{registration.Section}:ConnectionString"] is { Length: > 0 }
            ? $"{registration.Section}:ConnectionString"
            : registration.ConnectionPath;
}
