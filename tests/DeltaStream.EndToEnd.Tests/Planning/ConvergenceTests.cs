using CsCheck;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests.Planning;

/// <summary>Whatever is declared, known and there: after apply(plan), a plan has nothing to do.</summary>
public sealed class ConvergenceTests : EndToEndTest
{
    private const int Names = 4;

    // Of every name: whether it is declared, and how; what is known of it; what somebody else did to it.
    private static readonly Gen<Round[]> s_rounds = Gen.Select(
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 100]).Array[Names],
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 100]).Array[Names],
        Gen.Int[0, 4],
        Gen.Bool,
        Gen.Bool,
        Pick(Enum.GetValues<StoreUnknownValues>()),
        (declared, outside, lost, adopt, delete, unknown) =>
            new Round(declared, outside, lost == 0, adopt, delete, unknown)
    ).Array[2, 5];

    private StoreArgs[] _declarations = [];

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task After_apply_nothing_is_to_do(Transport transport)
    {
        _declarations =
        [
            .. StoreSubtypes
                .All.Select(s => Subtypes[s.Name])
                .SelectMany(c => new[] { c.Good, c.Changed, c.BadCredentials })
                .OfType<StoreArgs>(),
        ];
        await s_rounds.SampleAsync(rounds => RunAsync(rounds, transport), iter: 25, threads: 1);
    }

    private async Task RunAsync(Round[] rounds, Transport transport)
    {
        await StartAsync(Options());
        await using var dataSource = DataSourceOver(transport, Emulator);
        var client = ClientOf(dataSource);
        var state = new StoreState();
        foreach (var round in rounds)
        {
            var declared = round.Declare(_declarations).ToArray();
            foreach (var (name, (action, pick)) in round.Outside.Select((o, i) => (Name(i), o)))
            {
                await OutsideAsync(client, name, action, _declarations[pick % _declarations.Length]);
            }

            state = round.Lost ? new StoreState() : state;
            var plan = await client.PlanAsync(declared, state, round.Options);
            var result = await Clock.RunAsync(client.ApplyAsync(plan));
            var again = await client.PlanAsync(declared, result.State, round.Options);

            Assert.Equal(plan.Stores.Count, result.Stores.Count);
            foreach (
                var (before, store) in result.Stores.Select(s =>
                    (s, again.Stores.FirstOrDefault(a => a.Name == s.Planned.Name))
                )
            )
            {
                Assert.True(
                    Expected(before).Contains(store?.Action ?? StoreAction.None),
                    $"{before.Planned}\n{before.Status} {before.Exception?.Message}\nthen {store}"
                );
            }

            state = result.State;
        }
    }

    // Wrong credentials fail, and the next plan tries once more. Nothing else may be left to do.
    private static StoreAction[] Expected(AppliedStore applied) =>
        applied switch
        {
            { Planned.Action: StoreAction.Conflict } => [StoreAction.Conflict],
            // It errored before anything was sent: nothing is known of it yet.
            { Planned: { Action: StoreAction.Adopt, SendsStatements: false }, Exception: StoreErroredException } =>
            [
                StoreAction.Adopt,
            ],
            { Exception: StoreErroredException } => [StoreAction.Retry],
            { Status: StoreApplyStatus.Done } => [StoreAction.None],
            _ => [],
        };

    private async Task OutsideAsync(StoreClient client, string name, int action, StoreArgs other)
    {
        var exists = await client.GetAsync(name) is not null;
        switch (action)
        {
            case 0 when exists:
                await SendAsync($"DROP STORE {name};");
                break;
            case 1 when !exists:
            case 2 when !exists:
                await Clock.RunAsync(client.CreateAsync(other with { Name = name }, wait: StoreWait.Started));
                break;
            case 3 when exists:
                await SendAsync($"DROP STORE {name};");
                await Clock.RunAsync(client.CreateAsync(other with { Name = name }, wait: StoreWait.Started));
                break;
        }
    }

    private static string Name(int i) => FormattableString.Invariant($"s{i}");

    private static Gen<T> Pick<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private sealed record Round(
        (int Kind, int Pick)[] Declared,
        (int Action, int Pick)[] Outside,
        bool Lost,
        bool Adopt,
        bool Delete,
        StoreUnknownValues Unknown
    )
    {
        public StorePlanOptions Options =>
            new()
            {
                Adopt = Adopt,
                Delete = Delete,
                Unknown = Unknown,
            };

        public IEnumerable<StoreArgs> Declare(StoreArgs[] from) =>
            Declared
                .Select((d, i) => (d, i))
                .Where(x => x.d.Kind > 0)
                .Select(x => from[x.d.Pick % from.Length] with { Name = Name(x.i) });
    }
}
