using System.Text;
using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Pages;

namespace DeltaStream.WriteDocs.Rules;

/// <summary>Every rule of every spec, and what catches it: <c>docs/rules.md</c>.</summary>
internal static class RulePage
{
    /// <summary>Makes the page.</summary>
    /// <param name="specs">The specs that the SDK was built from, in order of their subtypes.</param>
    /// <exception cref="SpecGapException">The SDK was built from others.</exception>
    public static Page Of(IReadOnlyList<StoreSpec> specs)
    {
        var text = new StringBuilder(
            """
            # Rules

            Every rule of every spec, and what catches it. `eng/write-docs` writes this page from the specs; the tests declare each
            wrong store, and compare what the compiler says with what the validator says.

            **CS9035** is the compiler's own error for a `required` member. **DS** errors are the
            [analyzer's](diagnostics/README.md): they catch what the code shows. Whatever the code doesn't show, such as a value
            read from configuration, the validator catches when the program runs, with the same words and before anything is
            sent. What can only be wrong at run time, such as a certificate in a file, is the validator's alone.

            """
        );
        foreach (var spec in specs)
        {
            text.Append(
                null,
                $"\n## {spec.Title}\n\n| Property | Rule | Compiler | Validator |\n| --- | --- | --- | --- |\n"
            );
            foreach (var one in new RuleCases(new RightValues(spec)).All())
            {
                var id = one.Id == RuleCases.Compiler ? one.Id : $"[{one.Id}](diagnostics/{one.Id}.md)";
                var validator = one.Id == RuleCases.Compiler ? "yes, of null" : "yes";
                text.Append(null, $"| `{one.Property}` | {one.Rule} | {id} | {validator} |\n");
            }
        }

        return new Page("rules.md", text.ToString());
    }
}
