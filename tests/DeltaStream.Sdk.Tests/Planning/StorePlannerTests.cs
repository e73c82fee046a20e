using CsCheck;
using DeltaStream.Sdk.Planning;

namespace DeltaStream.Sdk.Tests.Planning;

/// <summary>What a plan says, for everything that can be declared, known and shown: compared with a naive model.</summary>
public sealed class StorePlannerTests
{
    private static readonly StoreStateKey s_key = StoreStateKey.Create();
    private static readonly DateTimeOffset s_created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset s_other = s_created.AddDays(1);

    // Of one subtype: the same, another secret, another plain value, and one that takes something away.
    private static readonly StoreArgs[] s_kafkas =
    [
        Declarations.Kafka,
        Declarations.Kafka with
        {
            SaslPassword = "another",
        },
        Declarations.Kafka with
        {
            TlsVerifyServerHostname = false,
        },
        Declarations.Kafka with
        {
            Description = "what it is for",
        },
    ];

    private static readonly StoreArgs s_postgres = Declarations.Postgres with { Name = "orders" };

    private static readonly Gen<World> s_worlds = Gen.Select(
        Pick([.. s_kafkas, s_postgres]),
        Pick<StoreArgs?>([null, .. s_kafkas, s_postgres]),
        Pick<StoreAttempt?>([null, null, StoreAttempt.Create, StoreAttempt.Update, StoreAttempt.Delete]),
        Pick(s_kafkas),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Pick(["ready", "provisioning", "errored"])),
        Gen.Select(Gen.Bool, Pick(Enum.GetValues<StoreUnknownValues>())),
        (declared, known, attempt, attempted, row, options) =>
            new World(declared, known, attempt, attempted, row, options.Item1, options.Item2)
    );

    [Fact]
    public void A_plan_is_what_a_naive_model_says() =>
        s_worlds.Sample(
            world =>
                Assert.True(Action(world) == world.Expected(), $"{world}: {Action(world)}, not {world.Expected()}"),
            iter: 20_000
        );

    [Fact]
    public void Two_plans_of_the_same_are_the_same() =>
        s_worlds.Sample(world => Assert.Equal(world.Plan().ToString(), world.Plan().ToString()), iter: 500);

    [Fact]
    public void No_plan_shows_a_secret() =>
        s_worlds.Sample(
            world =>
            {
                var plan = world.Plan();
                var text = $"{plan}\n{string.Join('\n', plan.Stores.SelectMany(s => s.Statements))}";
                foreach (var secret in new[] { "ingest", "kafka-password", "another", "postgres-password" })
                {
                    Assert.DoesNotContain($"'{secret}'", text, StringComparison.Ordinal);
                }
            },
            iter: 2_000
        );

    [Fact]
    public void What_is_created_is_not_planned_again() =>
        Pick([.. s_kafkas, s_postgres])
            .Sample(declared =>
            {
                var world = new World(
                    declared,
                    declared,
                    null,
                    declared,
                    (true, true, true, true, "ready"),
                    false,
                    default
                );
                Assert.True(world.Plan().IsEmpty, world.Plan().ToString());
            });

    [Fact]
    public void A_change_names_what_was_and_what_is_declared()
    {
        var plan = new World(
            Declarations.Kafka with
            {
                SaslPassword = "another",
                Uris = "b-3.example.com:9092",
            },
            s_kafkas[3],
            null,
            s_kafkas[0],
            (true, true, true, true, "ready"),
            false,
            default
        ).Plan();

        Assert.Equal(
            """
            -/+ orders (kafka): replace, because description can't be taken away in place
                ~ uris: 'b-1.example.com:9092,b-2.example.com:9092' -> 'b-3.example.com:9092'
                ~ saslPassword: *** -> ***
                - description = 'what it is for' (not in place)
            1 replace
            """,
            plan.ToString(),
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public void A_plan_shows_no_control_character_of_a_value()
    {
        var known = Declarations.Kafka with { Description = "\u001b[31mred\u202e" };
        var world = new World(
            known with
            {
                Description = "\u001b[32mgreen",
            },
            known,
            null,
            known,
            (true, true, true, true, "ready"),
            false,
            default
        );

        Assert.DoesNotContain(world.Plan().ToString(), c => c is '\u001b' or '\u202e');
    }

    private static Gen<T> Pick<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static StoreAction Action(World world) => Assert.Single(world.Plan().Stores).Action;

    /// <summary>One store: what is declared, what is known of it, and what the catalog shows.</summary>
    /// <param name="Declared">The declaration.</param>
    /// <param name="Known">What was confirmed; null when nothing is known.</param>
    /// <param name="Attempt">What was attempted since.</param>
    /// <param name="Attempted">With which values.</param>
    /// <param name="Row">Whether there is a row, of the known type, created and updated when it is known to be; and its state.</param>
    /// <param name="Adopt">An option.</param>
    /// <param name="Unknown">An option.</param>
    private sealed record World(
        StoreArgs Declared,
        StoreArgs? Known,
        StoreAttempt? Attempt,
        StoreArgs Attempted,
        (bool Exists, bool IsOfKnownType, bool IsSame, bool IsNotUpdated, string State) Row,
        bool Adopt,
        StoreUnknownValues Unknown
    )
    {
        private string Type => Row.IsOfKnownType ? (Known ?? Declared).Subtype.Type : "SNOWFLAKE";

        public StorePlan Plan()
        {
            var state = new StoreState(s_key);
            if (Known is not null)
            {
                state = state.With(
                    "orders",
                    new StoreSnapshot
                    {
                        Subtype = Known.Subtype.Name,
                        CreatedAt = s_created,
                        UpdatedAt = s_created,
                        Properties = StoreSnapshot.ValuesOf(Known, s_key),
                        Attempt = Attempt,
                        Attempted = Attempt is StoreAttempt.Create or StoreAttempt.Update
                            ? StoreSnapshot.ValuesOf(Attempt == StoreAttempt.Create ? Known : Attempted, s_key)
                            : null,
                    }
                );
            }

            var views = new Dictionary<string, StoreView>(StringComparer.Ordinal);
            if (Row.Exists)
            {
                views["orders"] = new StoreView(
                    new Store
                    {
                        Name = "orders",
                        Type = Type,
                        State = Row.State,
                        Owner = "sysadmin",
                        CreatedAt = Row.IsSame ? s_created : s_other,
                        UpdatedAt = Row.IsNotUpdated ? s_created : s_other,
                    }
                );
            }

            return new StorePlanner(state, new StorePlanOptions { Adopt = Adopt, Unknown = Unknown }, null, []).Plan(
                [Declared],
                views
            );
        }

        public StoreAction Expected()
        {
            if (!Row.Exists)
            {
                return Known is null || Attempt is StoreAttempt.Create or StoreAttempt.Delete
                    ? StoreAction.Create
                    : StoreAction.Recreate;
            }

            if (Known is null || !Row.IsSame)
            {
                return !Adopt || !Declared.Subtype.Matches(Type) ? StoreAction.Conflict
                    : Unknown == StoreUnknownValues.Fail ? StoreAction.Conflict
                    : StoreAction.Adopt;
            }

            if (Declared.Subtype != Known.Subtype || !Declared.Subtype.Matches(Type))
            {
                return StoreAction.Replace;
            }

            var isUnknown = Attempt is null or StoreAttempt.Delete && !Row.IsNotUpdated;
            if (isUnknown && Unknown == StoreUnknownValues.Fail)
            {
                return StoreAction.Conflict;
            }

            var changed = !Same(Declared, Known) || (Attempt == StoreAttempt.Update && !Same(Declared, Attempted));
            // Only a description can't be taken away in place, and where nobody can tell there is nothing to take away.
            if (
                !isUnknown
                && Declared.Description is null
                && (Known.Description ?? (Attempt == StoreAttempt.Update ? Attempted.Description : null)) is not null
                && Declared.Subtype.Properties.First(p => p.Name == "description").Unset == StorePropertyUnset.Refuse
            )
            {
                return StoreAction.Replace;
            }

            return Row.State == "errored" ? StoreAction.Retry
                : isUnknown
                    ? Unknown == StoreUnknownValues.SendAll ? StoreAction.Update
                        : Row.State == "ready" ? StoreAction.None
                        : StoreAction.Wait
                : changed ? StoreAction.Update
                : Row.State == "ready" ? StoreAction.None
                : StoreAction.Wait;
        }

        private static bool Same(StoreArgs one, StoreArgs other) => one.Subtype == other.Subtype && one.Equals(other);
    }
}
