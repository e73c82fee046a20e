using DeltaStream.Sdk;

namespace Quickstart;

/// <summary>Creates stores, updates one in place, shows a failure as a user sees it, and deletes them.</summary>
internal static class Tour
{
    /// <returns>The exit code: 0 when everything went as it should.</returns>
    public static async Task<int> RunAsync(
        StoreClient client,
        Server server,
        KafkaStoreArgs kafka,
        PostgresStoreArgs postgres,
        SnowflakeStoreArgs snowflake
    )
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        var board = StoreBoard.OnConsole();
        board.Say(server.Description);
        StoreArgs[] stores = [kafka, postgres, snowflake];
        var created = new List<string>();
        try
        {
            board.Head("Three stores, declared in C#");
            await board.RunAsync(
                stores.Select(store => new StoreWork(
                    store.Name,
                    store.Subtype.Title,
                    async progress =>
                    {
                        var ready = await client.CreateAsync(store, progress, cancellationToken: stop.Token);
                        lock (created)
                        {
                            created.Add(store.Name);
                        }

                        return ready.State;
                    }
                ))
            );

            board.Head("One of them, updated in place");
            await board.RunAsync([
                new StoreWork(
                    kafka.Name,
                    kafka.Subtype.Title,
                    async progress =>
                        (
                            await client.UpdateAsync(
                                kafka with
                                {
                                    Uris = "b-3.example.com:9092",
                                },
                                kafka,
                                progress,
                                stop.Token
                            )
                        ).State
                ),
            ]);

            board.Head("Wrong credentials, as a user sees them");
            await FailAsync(client, server, board, postgres, created, stop.Token);
            return 0;
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            board.Failed(e);
            return 1;
        }
        finally
        {
            board.Head("Everything deleted");
            await board.RunAsync(
                created.Select(name => new StoreWork(
                    name,
                    "",
                    async progress => await client.DeleteAsync(name, progress: progress) ? "gone" : "was gone"
                ))
            );
        }
    }

    private static async Task FailAsync(
        StoreClient client,
        Server server,
        StoreBoard board,
        PostgresStoreArgs postgres,
        List<string> created,
        CancellationToken cancellationToken
    )
    {
        var wrong = postgres with { Name = "billing_wrong", Password = "not the password" };
        try
        {
            created.Add(wrong.Name);
            await board.RunAsync([
                new StoreWork(
                    wrong.Name,
                    wrong.Subtype.Title,
                    async progress =>
                        (await client.CreateAsync(wrong, progress, cancellationToken: cancellationToken)).State
                ),
            ]);
            board.Say(
                server.IsOwn
                    ? throw new InvalidOperationException("The local DeltaStream accepted a wrong password.")
                    : "This server accepts any credentials, so there is no failure to show."
            );
        }
        catch (StoreErroredException e)
        {
            board.Failed(e);
        }
    }
}
