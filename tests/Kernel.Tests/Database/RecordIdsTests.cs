using Tessera.Kernel.Database;

namespace Tessera.Kernel.Tests.Database;

public sealed class RecordIdsTests
{
    [Fact]
    public async Task Keys_sort_in_the_order_they_were_made_in_also_within_a_millisecond()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 10_000).Select(_ => RecordIds.Next()).ToArray())));

        Assert.All(made, keys => Assert.Equal(keys.Order(), keys));
        Assert.Equal(40_000, made.SelectMany(keys => keys).Distinct().Count());
        Assert.All(made[0], key => Assert.Equal((7, true), (key.Version, key.Variant is >= 8 and <= 11)));
    }
}
