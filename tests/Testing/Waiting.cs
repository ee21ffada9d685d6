namespace Tessera.Testing;

/// <summary>Waiting for what happens in the background.</summary>
public static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The job once it has ended, as its person sees it.</summary>
    public static Task<Answer> JobAsync(this Client person, Guid jobId) =>
        UntilAsync(async () => (await person.Get($"jobs/{jobId}")).Must(200), job => job["status"].GetString() is "succeeded" or "failed" or "cancelled");

    /// <summary>Asks again until the answer fits.</summary>
    /// <exception cref="TimeoutException">It did not within two minutes.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> fits)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (fits(answer))
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Still not so: {(answer is Answer given ? given.Text : answer)}");
            }

            await Task.Delay(40);
        }
    }
}
