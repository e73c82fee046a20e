using System.Data.Common;
using System.Globalization;

namespace DeltaStream.Clients.Tests.Net;

/// <summary>A library of .NET. Each step gives its result, which is written as a script prints it.</summary>
internal abstract class NetClient : IAsyncDisposable
{
    /// <summary>The result of a canceled statement for which no server gives an SQLSTATE, as over REST.</summary>
    public const string Canceled = "canceled";

    public async Task<string> RunAsync()
    {
        var lines = new List<string>();
        foreach (var step in Enum.GetValues<Step>())
        {
            lines.Add($"{step.ToString().ToLowerInvariant()} {await ResultAsync(step)}");
        }

        return string.Join('\n', lines);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a statement that gives one value.</summary>
    protected abstract Task<object?> ScalarAsync(string sql);

    protected abstract Task ExecuteAsync(string sql);

    protected abstract Task<object?> SelectAsync(string name, int most);

    protected abstract Task<object?> CountAsync();

    /// <summary>Runs a statement without end, and cancels it.</summary>
    protected abstract Task<object?> CancelAsync(string sql);

    private async Task<string?> ResultAsync(Step step)
    {
        try
        {
            var result = step switch
            {
                Step.Connect => await ScalarAsync("SELECT 1"),
                Step.Create => await DoneAsync(Statements.Create),
                Step.Select => await SelectAsync(Statements.Name, 1),
                Step.Count => await CountAsync(),
                Step.Cancel => await CancelAsync(Statements.Endless),
                _ => await DoneAsync(Statements.Missing),
            };
            return Convert.ToString(result, CultureInfo.InvariantCulture);
        }
        catch (DbException exception)
        {
            return exception.SqlState
                ?? (exception.InnerException is OperationCanceledException ? Canceled : exception.Message);
        }
        catch (OperationCanceledException exception)
        {
            return exception.InnerException is DbException inner ? inner.SqlState : Canceled;
        }
    }

    private async Task<object?> DoneAsync(string sql)
    {
        await ExecuteAsync(sql);
        return "done";
    }
}
