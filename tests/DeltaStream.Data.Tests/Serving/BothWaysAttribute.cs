using System.Reflection;
using Xunit.Sdk;

namespace DeltaStream.Data.Tests.Serving;

/// <summary>Runs a theory on the asynchronous and on the synchronous way.</summary>
public sealed class BothWaysAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            [true],
            [false],
        ];
}
