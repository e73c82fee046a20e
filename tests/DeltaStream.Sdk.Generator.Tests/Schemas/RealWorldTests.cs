using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.WriteDocs.Schemas;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>Values as people in the field have them pass the validator, the analyzer and the schema. The emulator's test is of EndToEnd.</summary>
public sealed class RealWorldTests
{
    private static readonly StoreSpec[] s_specs = [.. Repository.All().Select(DeclarationText.Read)];

    private static readonly JsonSchemaCheck s_schema = JsonSchemaCheck.Of(DeclarationSchema.Of(s_specs));

    [Fact]
    public void There_are_at_least_a_hundred_of_every_subtype_with_addresses()
    {
        Assert.True(RealWorldValues.All.Count >= 100, $"{RealWorldValues.All.Count}");
        Assert.Empty(s_specs.Select(s => s.Subtype).Except(RealWorldValues.All.Select(v => v.Subtype)));
    }

    [Fact]
    public void The_validator_the_analyzer_and_the_schema_take_each()
    {
        foreach (var (subtype, property, value) in RealWorldValues.All)
        {
            var spec = s_specs.Single(s => s.Subtype == subtype);
            var declaration = RealWorldValues.Declare(new RightValues(spec), property, value);

            Assert.Equal(value, declaration.Members[Names.Pascal(property)]);
            Assert.Empty(declaration.Validate());
            Assert.Empty(RandomDeclarations.Faults(spec, declaration.Members));
            var faults = s_schema.Faults(DataDeclaration.Of(spec, declaration.Members));
            Assert.True(faults.Count == 0, $"{subtype}.{property} {value}: {string.Join("; ", faults)}");
        }
    }
}
