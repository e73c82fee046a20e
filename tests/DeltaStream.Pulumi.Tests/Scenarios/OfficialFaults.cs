using System.Reflection;
using DeltaStream.TestSupport;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>What the official provider gets wrong, by reading its sources at 5b23493, and what this one does.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Here">What this provider does.</param>
/// <param name="Class">The class of the test that shows it.</param>
/// <param name="Test">The test that shows it.</param>
internal sealed record OfficialFault(string Fault, string Here, Type Class, string Test)
{
    public static IReadOnlyList<OfficialFault> All { get; } =
    [
        Of<AcceptanceScenarioTests>(
            "a store that is not ready in time is an orphan",
            "the state has it, and the next up goes on",
            nameof(AcceptanceScenarioTests.Edge_case_2_a_store_that_is_never_ready_is_a_timeout_and_the_next_up_goes_on)
        ),
        Of<ChangeScenarioTests>(
            "a preview of a change to Postgres sends UPDATE",
            "a preview changes nothing",
            nameof(ChangeScenarioTests.A_preview_with_unknown_values_reaches_nobody)
        ),
        Of<ChangeScenarioTests>(
            "a preview of an update gives an empty state",
            "it gives the state to come",
            nameof(ChangeScenarioTests.A_preview_with_unknown_values_reaches_nobody)
        ),
        Of<SubtypeScenarioTests>(
            "Kafka's CREATE does not escape values",
            "every value is quoted by its kind",
            nameof(SubtypeScenarioTests.A_store_is_created_left_alone_updated_and_deleted)
        ),
        Of<ChangeScenarioTests>(
            "a refresh of a deleted store fails",
            "the store leaves the state",
            nameof(
                ChangeScenarioTests.A_store_that_was_deleted_outside_is_gone_after_a_refresh_and_deleting_it_is_no_failure
            )
        ),
        Of<ChangeScenarioTests>(
            "DROP of an absent store fails",
            "it is a success",
            nameof(
                ChangeScenarioTests.A_store_that_was_deleted_outside_is_gone_after_a_refresh_and_deleting_it_is_no_failure
            )
        ),
        Of<SubtypeScenarioTests>(
            "an update of Kafka does not wait",
            "it waits until the store is ready or errored",
            nameof(SubtypeScenarioTests.Invalid_credentials_fail_with_the_services_words_and_right_ones_mend_the_store)
        ),
        Of<SubtypeScenarioTests>(
            "an update of Snowflake does not wait",
            "it waits until the store is ready or errored",
            nameof(SubtypeScenarioTests.Invalid_credentials_fail_with_the_services_words_and_right_ones_mend_the_store)
        ),
        Of<ChangeScenarioTests>(
            "a change of subtype conflicts with itself",
            "the old store frees the name first",
            nameof(ChangeScenarioTests.Another_subtype_replaces_and_frees_the_name_first)
        ),
        Of<ChangeScenarioTests>(
            "Postgres: another name is no difference",
            "it replaces, new store first",
            nameof(ChangeScenarioTests.Another_name_replaces_and_the_new_store_comes_first)
        ),
        Of<ChangeScenarioTests>(
            "another owner is no difference",
            "it replaces",
            nameof(ChangeScenarioTests.Another_owner_replaces)
        ),
        Of<OfficialFaultTests>(
            "apiKey is no secret",
            "it is one in the schema",
            nameof(OfficialFaultTests.The_api_key_is_a_secret)
        ),
        Of<OfficialFaultTests>(
            "an organization that is no UUID is dropped silently",
            "it is sent",
            nameof(OfficialFaultTests.An_organization_that_is_no_uuid_is_sent)
        ),
        Of<DiffTests>(
            "CA files are compared by path",
            "they are compared by content",
            nameof(DiffTests.A_file_counts_by_its_content)
        ),
        Of<ChangeScenarioTests>(
            "an import leaves the inputs empty",
            "it tells all that the service tells",
            nameof(ChangeScenarioTests.An_import_leads_to_one_update_with_what_the_service_does_not_tell)
        ),
    ];

    private static readonly TableFile s_file = new(
        "official-faults.txt",
        "Faults of the official provider, what this one does, and the test that shows it",
        ["there", "here", "shown by"],
        [.. All.Select(f => (string[])[f.Fault, f.Here])]
    );

    /// <summary>The test; null when there is none of this name.</summary>
    public MethodInfo? Method => Class.GetMethod(Test);

    public void Fill() => s_file.Fill([Fault, Here], ("shown by", $"{Class.Name}.{Test}"));

    private static OfficialFault Of<T>(string fault, string here, string test) => new(fault, here, typeof(T), test);
}
