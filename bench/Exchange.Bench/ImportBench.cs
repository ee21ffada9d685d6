using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tessera.Kernel.Database;
using Tessera.Testing;
using Xunit;

namespace Tessera.Exchange.Bench;

/// <summary>
/// A file of new candidates through the whole product: upload, dry run, apply, over HTTP into a PostgreSQL with the product's own
/// settings, with row-level security, validation, the noun's rule, history and feed.
/// </summary>
internal static class ImportBench
{
    public static async Task RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            var options = new EmbeddedPostgresOptions(folder, EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory));
            await using var postgres = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);
            Environment.SetEnvironmentVariable(TestPostgres.Variable, postgres.ConnectionString);
            Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_TESSERA_HOST", AppContext.BaseDirectory);
            var api = new Api();
            await api.InitializeAsync();
            var tenant = await api.FoundAsync();
            await StepsAsync(tenant, 2_000, folder);
            await StepsAsync(tenant, count, folder);
            await api.DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StepsAsync(TestTenant tenant, int count, string folder)
    {
        // The small round before the measured one takes the compiler's work; its people are others.
        var file = Rows.Candidates(count);
        file = count < 10_000 ? System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(file).Replace("person", "warm", StringComparison.Ordinal)) : file;
        var watch = Stopwatch.StartNew();
        var begun = CpuTimes.Now(folder);
        var run = (await tenant.Admin.UploadAsync("recruiting/candidates", file, "candidates.csv")).Must(201);
        await tenant.Admin.MapAsync(run);
        var (upload, uploadCpu) = (watch.Elapsed, CpuTimes.Now(folder));
        Assert.True((await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Status is 200 or 202);
        var check = await EndedAsync(tenant.Admin, $"exchange/imports/{run.Id}", "running");
        Assert.True($"create {count}" == check.Counts(), check.Text);
        var (checkedAt, checkCpu) = (watch.Elapsed, CpuTimes.Now(folder));
        var begunJob = await tenant.Admin.Post($"exchange/imports/{run.Id}/apply");
        Assert.True(begunJob.Status is 200 or 202, begunJob.Text);
        var job = await EndedAsync(tenant.Admin, $"jobs/{begunJob.Id}", "queued", "running");
        Assert.True(job["status"].GetString() == "succeeded", job.Text);
        var (applied, applyCpu) = (watch.Elapsed, CpuTimes.Now(folder));
        if (count >= 10_000)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                lib = "tessera",
                op = "import",
                rows = count,
                upload = Math.Round(upload.TotalSeconds, 2),
                check = Math.Round((checkedAt - upload).TotalSeconds, 2),
                apply = Math.Round((applied - checkedAt).TotalSeconds, 2),
                seconds = Math.Round(applied.TotalSeconds, 2),
                uploadCpu = (uploadCpu - begun).Shown,
                checkCpu = (checkCpu - uploadCpu).Shown,
                applyCpu = (applyCpu - checkCpu).Shown,
                peakMb = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            }));
        }
    }

    /// <summary>What is there once it is at work no more. It is asked rarely, for the asking is measured too.</summary>
    private static async Task<Answer> EndedAsync(Client person, string address, params string[] atWork)
    {
        while (true)
        {
            var answer = (await person.Get(address)).Must(200);
            if (!atWork.Contains(answer["status"].GetString()))
            {
                return answer;
            }

            await Task.Delay(100);
        }
    }
}
