using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

/// <summary>Two rules that imply different values for one property: refused where both can apply, so that no order decides.</summary>
public sealed class DisputedImplicationTests
{
    // In the demo spec, 'quiet' implies that 'retries' is 0. The rule with the mark implies another value.
    private const string Choice = """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""";

    [Theory]
    [InlineData("\"when\": { \"mode\": [\"closed\"] }")]
    [InlineData("\"when\": { \"mode\": [\"open\", \"ajar\"], \"cert\": \"unset\" }")]
    [InlineData("\"when\": { \"user\": \"set\" }")]
    [InlineData("\"when\": { \"user\": \"unset\" }")]
    [InlineData("\"when\": { \"password\": \"set\", \"group\": \"unset\" }")]
    [InlineData("\"when\": { \"quiet\": [true], \"mode\": [\"ajar\"] }")]
    public void Rules_that_can_apply_together_are_refused(string condition) =>
        SpecMistake.Assert(
            Choice,
            $"{Choice}, ⟦{{⟧ {condition}, \"imply\": {{ \"retries\": 1 }}, \"because\": \"Loud.\" }}",
            "DS1009",
            "This rule and an earlier one can apply together, and then they imply different values for 'retries': make their conditions exclude each other"
        );

    [Theory]
    // The conditions exclude each other.
    [InlineData("\"when\": { \"quiet\": [false], \"mode\": [\"closed\"] }, \"imply\": { \"retries\": 1 }")]
    // The values are the same.
    [InlineData("\"when\": { \"mode\": [\"closed\"] }, \"imply\": { \"retries\": 0 }")]
    // A choice allows one of the two only.
    [InlineData("\"when\": { \"password\": \"set\", \"group\": \"set\" }, \"imply\": { \"retries\": 1 }")]
    [InlineData("\"when\": { \"password\": \"unset\", \"group\": \"unset\" }, \"imply\": { \"retries\": 1 }")]
    // Another rule forbids or requires what the condition is about.
    [InlineData("\"when\": { \"mode\": [\"closed\"], \"cert\": \"set\" }, \"imply\": { \"retries\": 1 }")]
    [InlineData("\"when\": { \"mode\": [\"closed\"], \"user\": \"unset\" }, \"imply\": { \"retries\": 1 }")]
    public void Rules_that_never_decide_together_are_right(string rule) =>
        Generation
            .Of(SpecFile.Of(DemoSpec.Subtype, DemoSpec.With(Choice, $"{Choice}, {{ {rule}, \"because\": \"Loud.\" }}")))
            .AssertPrints();
}
