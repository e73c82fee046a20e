using System.Collections.Concurrent;
using CsCheck;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Tests.Scripted;

namespace DeltaStream.Sdk.Tests.Planning;

/// <summary>What a plan says, for everything that can be declared, known and shown: compared with a naive model.</summary>
public sealed class StorePlannerTests
{
    private static readonly StoreStateKey s_key = StoreStateKey.Create();
    private static readonly DateTimeOffset s_created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset s_other = s_created.AddDays(1);

    // Of one subtype: the same, another secret, other plain values that DESCRIBE shows, and one that can't be taken away.
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
        Declarations.Kafka with
        {
            Uris = "b-3.example.com:9092",
        },
    ];

    private static readonly StoreArgs s_postgres = Declarations.Postgres with { Name = "orders" };
    private static readonly StoreArgs[] s_stores = [.. s_kafkas, s_postgres];

    // Of these owners, none is a declaration without one. "old" is one that the catalog never shows.
    private static readonly Gen<(string?, string?, string?, string)> s_owners = Gen.Select(
        Pick<string?>([null, null, "sysadmin", "old"]),
        Pick<string?>([null, null, "sysadmin", "old"]),
        Pick<string?>([null, "sysadmin", "old"]),
        Pick(["sysadmin", "other"])
    );

    private static readonly Gen<World> s_worlds = Gen.Select(
        Pick<StoreArgs?>([null, .. s_stores, .. s_stores]),
        Pick<StoreArgs?>([null, .. s_stores]),
        Pick<StoreAttempt?>([null, null, StoreAttempt.Create, StoreAttempt.Update, StoreAttempt.Delete]),
        Pick(s_kafkas),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Pick(["ready", "provisioning", "errored"])),
        Gen.Select(Pick<StoreArgs?>([null, null, .. s_stores]), Gen.Bool),
        s_owners,
        Gen.Select(Gen.Bool, Gen.Bool, Pick(Enum.GetValues<StoreUnknownValues>())),
        (declared, known, attempt, attempted, row, seen, owners, options) =>
            // One of the two there is, or nothing is planned.
            new World(known is null ? declared ?? s_postgres : declared, known, attempt, attempted, row)
            {
                Shown = seen.Item1,
                IsSeen = seen.Item2 || attempt != StoreAttempt.Create,
                Owners = owners,
                Options = new StorePlanOptions
                {
                    Adopt = options.Item1,
                    Delete = options.Item2,
                    Unknown = options.Item3,
                },
            }
    );

    [Fact]
    public void A_plan_is_what_a_naive_model_says()
    {
        var seen = new ConcurrentDictionary<(StoreAction, bool), bool>();
        s_worlds.Sample(
            world =>
            {
                var planned = Assert.Single(world.Plan().Stores);
                Assert.True(planned.Action == world.Expected(), $"{world}: {planned}, not {world.Expected()}");
                Assert.True(planned.Drift is not null == world.HasDrift, $"{world}: {planned.Drift}");
                seen[(planned.Action, planned.Drift is not null)] = true;
            },
            iter: 30_000
        );

        Assert.Empty(Enum.GetValues<StoreAction>().Except(seen.Keys.Select(s => s.Item1)));
        Assert.Contains((StoreAction.None, true), seen.Keys);
    }

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
                var world = new World(declared, declared, null, declared, (true, true, true, true, "ready"));
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
            (true, true, true, true, "ready")
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
            (true, true, true, true, "ready")
        );

        Assert.DoesNotContain(world.Plan().ToString(), c => c is '\u001b' or '\u202e');
    }

    private static Gen<T> Pick<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>One store: what is declared, what is known of it, and what the catalog shows.</summary>
    /// <param name="Declared">The declaration; null for a store that is no longer declared.</param>
    /// <param name="Known">What was confirmed, or sent by a CREATE that was not; null when nothing is known.</param>
    /// <param name="Attempt">What was attempted since.</param>
    /// <param name="Attempted">With which values.</param>
    /// <param name="Row">Whether there is a row, of the known type, created and updated when it is known to be; and its state.</param>
    private sealed record World(
        StoreArgs? Declared,
        StoreArgs? Known,
        StoreAttempt? Attempt,
        StoreArgs Attempted,
        (bool Exists, bool IsOfKnownType, bool IsSame, bool IsNotUpdated, string State) Row
    )
    {
        /// <summary>What DESCRIBE shows, when that is a store of the row's type.</summary>
        public StoreArgs? Shown { get; init; }

        /// <summary>Whether a poll showed the store that is known.</summary>
        public bool IsSeen { get; init; } = true;

        public (string? Declared, string? Known, string? Shown, string Row) Owners { get; init; } =
            (null, null, null, "sysadmin");

        public StorePlanOptions Options { get; init; } = new();

        private string Type => Row.IsOfKnownType ? (Known ?? Declared)!.Subtype.Type : "SNOWFLAKE";

        private StoreArgs? Described => Row.Exists && Shown?.Subtype.Type == Type ? Shown : null;

        /// <summary>Whether the store changed owners since it was seen, and the declaration does not say who should own it.</summary>
        public bool HasDrift =>
            Known is not null
            && IsSeen
            && Row is { Exists: true, IsSame: true }
            && Declared is not null
            && Owners.Declared is null
            && Owners.Shown is not null
            && Owners.Shown != Owners.Row;

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
                        Owner = Owners.Known,
                        ShownOwner = IsSeen ? Owners.Shown : null,
                        CreatedAt = IsSeen ? s_created : null,
                        UpdatedAt = IsSeen ? s_created : null,
                        Properties = IsSeen ? StoreSnapshot.ValuesOf(Known, s_key) : null,
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
                        Owner = Owners.Row,
                        CreatedAt = Row.IsSame ? s_created : s_other,
                        UpdatedAt = Row.IsNotUpdated ? s_created : s_other,
                    },
                    Described is null ? null : Read(Described)
                );
            }

            StoreArgs[] declared = Declared is null ? [] : [Declared with { Owner = Owners.Declared }];
            return new StorePlanner(state, Options, null, []).Plan(declared, views);
        }

        public StoreAction Expected()
        {
            if (Declared is null)
            {
                return !Row.Exists ? StoreAction.Forget
                    : !IsSeen ? (IsProved ? Unwanted : StoreAction.Conflict)
                    : Row.IsSame ? Unwanted
                    : StoreAction.Forget;
            }

            if (!Row.Exists)
            {
                return Known is null || Attempt is StoreAttempt.Create or StoreAttempt.Delete
                    ? StoreAction.Create
                    : StoreAction.Recreate;
            }

            if (Known is not null && !IsSeen && !IsProved)
            {
                // A store that still provisions may not be described yet; only then it may be waited for.
                return !IsOther && Described is null && Row.State == "provisioning" ? StoreAction.Wait : Stranger;
            }

            return Known is null || (IsSeen && !Row.IsSame) ? Stranger : Ours;
        }

        private StoreAction Unwanted => Options.Delete ? StoreAction.Delete : StoreAction.None;

        // After a CREATE that nobody saw: what can be seen of the row speaks against it.
        private bool IsOther =>
            !Row.IsOfKnownType
            || (Owners.Known is not null && Owners.Known != Owners.Row)
            || (Described is not null && (Differs("uris", Known!, Described) || Differs("verify", Known!, Described)));

        private bool IsProved => !IsOther && Described is not null;

        private StoreAction Stranger =>
            !Options.Adopt || !Declared!.Subtype.Matches(Type) ? StoreAction.Conflict
            : Owners.Declared is not null && Owners.Declared != Owners.Row ? StoreAction.Conflict
            : Options.Unknown == StoreUnknownValues.Fail ? StoreAction.Conflict
            : StoreAction.Adopt;

        private StoreAction Ours
        {
            get
            {
                if (Declared!.Subtype != Known!.Subtype || !Declared.Subtype.Matches(Type))
                {
                    return StoreAction.Replace;
                }

                var isUnknown = Attempt is null or StoreAttempt.Delete && !Row.IsNotUpdated;
                if (isUnknown && Options.Unknown == StoreUnknownValues.Fail)
                {
                    return StoreAction.Conflict;
                }

                var attempted = Attempt == StoreAttempt.Update ? Attempted : null;
                if (Owners.Declared is not null && Owners.Declared != Owners.Row)
                {
                    return StoreAction.Replace;
                }

                // Only a description can't be taken away in place, and where nobody can tell there is nothing to take away.
                if (
                    !isUnknown
                    && Declared.Description is null
                    && (Known.Description ?? attempted?.Description) is not null
                )
                {
                    return StoreAction.Replace;
                }

                var isChanged = new[] { "uris", "verify", "password", "description" }.Any(property =>
                    Described is not null && property is "uris" or "verify"
                        ? Differs(property, Declared, Described)
                            || (attempted is not null && Differs(property, attempted, Described))
                    : isUnknown ? Options.Unknown == StoreUnknownValues.SendAll
                    : Differs(property, Declared, Known)
                        || (attempted is not null && Differs(property, Declared, attempted))
                );
                return Row.State == "errored" ? StoreAction.Retry
                    : isChanged ? StoreAction.Update
                    : Row.State == "ready" ? StoreAction.None
                    : StoreAction.Wait;
            }
        }

        private static DescribedValues Read(StoreArgs store)
        {
            using var table = Responses.Described(Value("uris", store)!);
            if (store is KafkaStoreArgs kafka)
            {
                table.Columns.Add("Tls_Enabled", typeof(bool));
                table.Columns.Add("Verify_Server_Hostname", typeof(bool));
                table.Rows[0]["Tls_Enabled"] = true;
                table.Rows[0]["Verify_Server_Hostname"] = kafka.TlsVerifyServerHostname ?? true;
            }

            using var reader = table.CreateDataReader();
            Assert.True(reader.Read());
            return DescribedValues.Read(reader, SecretRedaction.None);
        }

        private static bool Differs(string property, StoreArgs one, StoreArgs other) =>
            Value(property, one) != Value(property, other);

        private static string? Value(string property, StoreArgs store) =>
            (property, store) switch
            {
                ("uris", KafkaStoreArgs kafka) => kafka.Uris,
                ("uris", PostgresStoreArgs postgres) => postgres.Uris,
                ("verify", KafkaStoreArgs kafka) => $"{kafka.TlsVerifyServerHostname ?? true}",
                ("password", KafkaStoreArgs kafka) => kafka.SaslPassword?.Reveal(),
                ("description", _) => store.Description,
                _ => null,
            };
    }
}
