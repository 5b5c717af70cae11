using TorchSharp;

namespace TorchSharp.Tests;

public class MachineTests
{
    [Fact]
    public void LibTorchTellsItsVersion() => Assert.Matches(@"^\d+\.\d+\.\d+", torch.__version__);
}
