using Tessera.Testing;

namespace Tessera.Kernel.Tests.Host;

/// <summary>Whoever starts a second host where the first one listens.</summary>
public sealed class TakenPortTests(HostProcess host) : IClassFixture<HostProcess>
{
    [Fact]
    public async Task On_a_port_that_is_taken_it_does_not_start_and_says_nothing_but_what_to_do()
    {
        var (code, text) = await host.RunAsync();

        Assert.Equal(1, code);
        var sentence = Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Tessera did not start. Failed to bind", sentence, StringComparison.Ordinal);
        Assert.EndsWith("Choose another with PORT, or stop what has this one.", sentence, StringComparison.Ordinal);
    }
}
