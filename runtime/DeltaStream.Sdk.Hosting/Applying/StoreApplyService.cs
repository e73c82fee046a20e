using System.Collections.Concurrent;
using System.Data.Common;
using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DeltaStream.Sdk.Hosting.Applying;

/// <summary>Plans and applies the declared stores before any other service of the host starts, so before a server listens.</summary>
internal sealed class StoreApplyService : IHostedLifecycleService, IDisposable
{
    // A wait of ten minutes is 60 lines.
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromSeconds(10);

    private readonly Registration _registration;
    private readonly IServiceProvider _provider;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<Exception> _ofStateFile = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _hasFailed;
    private Exception? _ofDeclared;
    private bool _isDisposed;

    public StoreApplyService(Registration registration, IServiceProvider provider)
    {
        _registration = registration;
        _provider = provider;
        _logger = provider.GetService<ILogger<StoreApplyService>>() ?? NullLogger<StoreApplyService>.Instance;
        _time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    /// <summary>Why the stores are not as declared, for the health check; null when they are.</summary>
    public string? Problem
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    } = "The declared stores are not applied yet.";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // OpenTelemetry makes them when the host starts, which comes later. What is not made yet sees nothing of the apply.
        _provider.GetService<TracerProvider>();
        _provider.GetService<MeterProvider>();
        var options = Options();
        if (!options.InBackground)
        {
            await RunAsync(options, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins what goes on in the background: a failure while others still start would cancel their start, and be lost.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var options = Options();
        if (options.InBackground)
        {
            var stopping = _stopping.Token;
            _running = Task.Run(() => RunAsync(options, stopping), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what goes on in the background. Who can't be without the stores fails here, so that the host's run fails.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        // Not the host's timeout, and not a failure of the user's code, which may be a cancellation, too.
        catch (OperationCanceledException)
            when (_running.IsCanceled && !_hasFailed && !cancellationToken.IsCancellationRequested)
        {
            // The state has what was attempted.
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // The services have it twice, so they dispose it twice.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stopping.Cancel();
        _stopping.Dispose();
    }

    private StoreApplyServiceOptions Options() =>
        _provider.GetRequiredService<IOptionsMonitor<StoreApplyServiceOptions>>().Get(_registration.OptionsName);

    private async Task RunAsync(StoreApplyServiceOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        // Whatever it is, the stores are not as declared.
        catch (Exception e)
        {
            _hasFailed = true;
            var reason = ReasonOf(e, options.OnFailure);
            var logged = IsOfSdk(e) ? e : null;
            Problem = $"The declared stores are not applied: {reason}";
            if (options.OnFailure == StoreApplyFailure.Degrade)
            {
                ApplyLog.Degraded(_logger, _registration.ConnectionName, reason, logged);
                return;
            }

            ApplyLog.Failed(_logger, _registration.ConnectionName, reason, logged);
            if (options.InBackground)
            {
                // A host that is stopped before it has started loses the exception.
                var lifetime = _provider.GetRequiredService<IHostApplicationLifetime>();
                lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            }

            throw;
        }
    }

    private async Task ApplyAsync(StoreApplyServiceOptions options, CancellationToken cancellationToken)
    {
        var client = _registration.Client(_provider);
        var declared = Declared(options);
        using var file = options.StateFile is { } path ? Open(path) : null;
        var plan = await client
            .PlanAsync(
                declared,
                file?.State,
                new StorePlanOptions
                {
                    Adopt = options.Adopt,
                    Delete = options.Delete,
                    Unknown = options.Unknown,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        ApplyLog.Planned(_logger, _registration.ConnectionName, plan.ToString());
        var result = await client
            .ApplyAsync(
                plan,
                new StoreApplyOptions
                {
                    SaveState = file is null ? null : (state, token) => SaveAsync(file, state, token),
                    Progress = new Lines(this),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!result.IsDone)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        result.ThrowIfFailed();
        Problem = null;
        ApplyLog.Applied(_logger, _registration.ConnectionName, result.Counts);
    }

    private IEnumerable<StoreArgs> Declared(StoreApplyServiceOptions options)
    {
        try
        {
            // Read here, as the code may give them one by one.
            return options.Declared is { } declared ? [.. declared(_provider)] : options.Stores;
        }
        catch (Exception e)
        {
            _ofDeclared = e;
            throw;
        }
    }

    private StoreStateFile Open(string path)
    {
        try
        {
            return StoreStateFile.Open(Path.Combine(ContentRoot.Of(_provider), path));
        }
        catch (Exception e)
        {
            _ofStateFile.Enqueue(e);
            throw;
        }
    }

    private async ValueTask SaveAsync(StoreStateFile file, StoreState state, CancellationToken cancellationToken)
    {
        try
        {
            await file.SaveAsync(state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _ofStateFile.Enqueue(e);
            throw;
        }
    }

    // What other code throws may hold a secret, so the log and the health check have its type only.
    private string ReasonOf(Exception exception, StoreApplyFailure onFailure)
    {
        if (IsTold(exception))
        {
            return exception.Message;
        }

        var where =
            onFailure == StoreApplyFailure.Fail
                ? "the exception that the host fails with says more"
                : "the host fails with the exception when OnFailure is Fail";
        return $"{exception.GetType().Name}. Its text is not shown, as it may hold a secret: {where}.";
    }

    private bool IsTold(Exception exception) =>
        IsOfSdk(exception)
        || (exception is DbException && exception != _ofDeclared)
        || (
            exception is IOException or InvalidDataException or UnauthorizedAccessException
            && _ofStateFile.Contains(exception)
        );

    // Their texts hold no secret. That of an apply has the texts of its stores.
    private bool IsOfSdk(Exception exception) =>
        exception is StoreApplyException apply
            ? apply.Result.Stores.All(s => s.Exception is null || IsTold(s.Exception))
            : exception is StoreException or StoreDeclarationException or StoreOperationCanceledException;

    /// <summary>Writes a line of progress now and then.</summary>
    private sealed class Lines(StoreApplyService service) : IProgress<StoreApplyEvent>
    {
        private readonly Lock _gate = new();
        private long _last = service._time.GetTimestamp();

        public void Report(StoreApplyEvent value)
        {
            service.Problem = $"The declared stores are still applied: {value.Counts}.";
            lock (_gate)
            {
                if (service._time.GetElapsedTime(_last) < s_progressInterval)
                {
                    return;
                }

                _last = service._time.GetTimestamp();
            }

            ApplyLog.Progress(
                service._logger,
                service._registration.ConnectionName,
                value.Counts,
                value.Store.Name,
                value.Readiness?.State ?? value.Phase.ToString()
            );
        }
    }
}
