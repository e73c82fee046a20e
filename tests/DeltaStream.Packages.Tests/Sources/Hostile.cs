// Namespaces of a user's that hide the framework's and the SDK's own.
#pragma warning disable CS1591
namespace Microsoft.System
{
    public class Nothing { }
}

namespace DeltaStream.System
{
    public class Nothing { }
}

namespace Acme.System
{
    public class Nothing { }
}

namespace Acme.DeltaStream
{
    public class Sdk { }
}
