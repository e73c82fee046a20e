using DeltaStream.Sdk.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace DeltaStream.Sdk.Hosting.Applying;

/// <summary>Checks when the host starts what is applied, and how.</summary>
internal sealed class ApplyCheck(Registration registration) : IValidateOptions<StoreApplyServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreApplyServiceOptions options)
    {
        if (name != registration.OptionsName)
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> faults = [.. options.Faults];
        var section = ApplyReading.SectionOf(registration);
        if (options.StateFile is null && options.Delete)
        {
            faults.Add(
                $"{section}:Delete needs {section}:StateFile: without a state nobody knows which stores were declared before."
            );
        }
        else if (options.StateFile is null && !options.Adopt)
        {
            faults.Add(
                $"{section}:StateFile is missing: without a state, the next start can't tell that the stores are yours. Set it to a file that lasts, or set {section}:Adopt to true."
            );
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
