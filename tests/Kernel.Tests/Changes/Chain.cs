using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Changes;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Changes;

/// <summary>Waits for the chain the way tests must: other databases of the same server can hold back the horizon for a moment.</summary>
internal static class Chain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task SealAsync(Api api, Guid tenantId)
    {
        var sealer = api.Services.GetRequiredService<ChangeSealer>();
        using var limit = new CancellationTokenSource(Patience);
        while (!await sealer.SealAsync(tenantId, limit.Token))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public static Task<ChainReport> VerifyAsync(Api api, Guid tenantId) => api.Services.GetRequiredService<ChangeVerification>().VerifyAsync(tenantId, CancellationToken.None);
}
