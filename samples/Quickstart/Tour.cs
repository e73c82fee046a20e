using DeltaStream.Sdk;

namespace Quickstart;

/// <summary>Plans and applies declarations, twice; changes one; shows a failure as a user sees it; and deletes everything.</summary>
internal sealed class Tour(StoreClient client, StoreBoard board)
{
    // A real program keeps what is known in a StoreStateFile.
    private StoreState _known = new();

    /// <param name="declared">The declarations; the first is the one that is changed.</param>
    /// <param name="changed">The first one, changed.</param>
    /// <param name="wrong">A declaration with wrong credentials.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>Whether the wrong credentials were refused. A server may accept any.</returns>
    public async Task<bool> RunAsync(
        StoreArgs[] declared,
        StoreArgs changed,
        StoreArgs wrong,
        CancellationToken cancellationToken
    )
    {
        await ApplyAsync("Three stores, declared in C#", declared, cancellationToken);
        await ApplyAsync("The same again", declared, cancellationToken);
        declared = [changed, .. declared[1..]];
        await ApplyAsync("One of them, changed", declared, cancellationToken);
        try
        {
            await ApplyAsync("Wrong credentials, as a user sees them", [.. declared, wrong], cancellationToken);
            return false;
        }
        catch (StoreApplyException e) when (e.InnerException is StoreErroredException errored)
        {
            board.Failed(errored);
            return true;
        }
    }

    /// <summary>Deletes every store that is known, because none is declared.</summary>
    public Task DeleteAsync() => ApplyAsync("None of them declared", [], CancellationToken.None);

    private async Task ApplyAsync(string title, StoreArgs[] declared, CancellationToken cancellationToken)
    {
        board.Head(title);
        var options = new StorePlanOptions { Delete = true };
        var plan = await client.PlanAsync(declared, _known, options, cancellationToken);
        board.Show(plan);
        if (!plan.IsEmpty)
        {
            var result = await board.ApplyAsync(client, plan, cancellationToken);
            _known = result.State;
            result.ThrowIfFailed();
        }
    }
}
