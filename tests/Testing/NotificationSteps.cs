using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Jobs;

namespace Tessera.Testing;

/// <summary>What people are told, in tests.</summary>
public static class NotificationSteps
{
    /// <summary>Everything the person was told, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ToldAsync(this Client person) => (await person.Get("notifications?limit=100")).Must(200).Items;

    /// <summary>Kind and title of everything the person was told, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> TitlesAsync(this Client person) =>
        [.. (await person.ToldAsync()).Reverse().Select(told => $"{told.GetProperty("kind").GetString()}: {told.GetProperty("title").GetString()}")];

    public static async Task<int> UnreadAsync(this Client person) => (await person.Get("notifications/unread")).Must(200)["unread"].GetInt32();

    /// <summary>One round of what becomes due by the clock.</summary>
    public static Task RoundAsync(this Api api) => api.Services.GetRequiredService<DueRounds>().RunAsync(CancellationToken.None);

    /// <summary>The same by several hosts at the same moment.</summary>
    public static Task RoundOfHostsAsync(this Api api, int hosts) =>
        Task.WhenAll(Enumerable.Range(0, hosts).Select(_ => ActivatorUtilities.CreateInstance<DueRounds>(api.Services)).ToList().ConvertAll(host => host.RunAsync(CancellationToken.None)));

    /// <summary>Puts the clock on and makes a round.</summary>
    public static Task RoundAtAsync(this Api api, DateTimeOffset now)
    {
        api.Clock.Set(now);
        return api.RoundAsync();
    }
}
