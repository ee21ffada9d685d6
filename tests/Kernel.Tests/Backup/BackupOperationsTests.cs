using Tessera.Kernel.Backup;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

/// <summary>What an operator's commands say and do; that they are commands is asked of the host's own process.</summary>
public sealed class BackupOperationsTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task What_cannot_be_restored_is_said_in_a_sentence_and_changes_nothing()
    {
        var (mine, other) = (await api.FoundAsync(), await api.FoundAsync());
        await mine.Admin.AddCandidateAsync("Honest Person");
        var file = await BackedUpAsync(mine);
        await api.SqlAsync("delete from recruiting.candidate where tenant_id = $1", mine.Id);
        var (forged, altered, truncated) = (Copy(file, "forged"), Copy(file, "altered"), Copy(file, "truncated"));
        BackupSteps.Rewrite(forged, "manifest.json", text => text.Replace(mine.Slug, "somebody", StringComparison.Ordinal));
        BackupSteps.Rewrite(altered, "data/recruiting.candidate.jsonl", text => text.Replace("Honest", "Crooked", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(truncated, (await File.ReadAllBytesAsync(file))[..400]);

        foreach (var (slug, archive, noun, sentence) in new (string, string, string?, string)[]
        {
            ("nobody", file, null, "There is no workspace 'nobody'."),
            (other.Slug, file, null, "This backup is of another workspace."),
            (mine.Slug, file, "recruiting/unicorns", "unicorns"),
            (mine.Slug, forged, null, "manifest.json was altered"),
            (mine.Slug, altered, null, "data/recruiting.candidate.jsonl is not what it was."),
            (mine.Slug, truncated, null, "truncated or no archive"),
        })
        {
            var (text, succeeded) = await BackupOperations.RestoreAsync(api.Services, slug, archive, noun, dryRun: false, CancellationToken.None);
            Assert.True(!succeeded && text.Contains(sentence, StringComparison.Ordinal), $"{slug} {archive} {noun}: {text}");
        }

        Assert.Equal(0L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1", mine.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'restore_candidate'", mine.Id));
        var (restored, whole) = await BackupOperations.RestoreAsync(api.Services, mine.Slug, file, null, dryRun: false, CancellationToken.None);
        Assert.True(whole && restored.StartsWith("Restored: 1 added", StringComparison.Ordinal), restored);
    }

    [Fact]
    public async Task Verifying_names_what_is_wrong_with_an_archive()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Honest Person");
        var file = await BackedUpAsync(tenant);
        var (forged, altered, truncated) = (Copy(file, "forged"), Copy(file, "altered"), Copy(file, "truncated"));
        BackupSteps.Rewrite(forged, "manifest.json", text => text.Replace(tenant.Slug, "somebody", StringComparison.Ordinal));
        BackupSteps.Rewrite(altered, "data/recruiting.candidate.jsonl", text => text.Replace("Honest", "Crooked", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(truncated, (await File.ReadAllBytesAsync(file))[..400]);

        Assert.True((await BackupOperations.VerifyAsync(api.Services, file, CancellationToken.None)).Intact);
        foreach (var (archive, sentence) in new[] { (forged, "manifest.json was altered"), (altered, "data/recruiting.candidate.jsonl is not what it was."), (truncated, "truncated or no archive") })
        {
            var report = await BackupOperations.VerifyAsync(api.Services, archive, CancellationToken.None);
            Assert.False(report.Intact);
            Assert.Contains(report.Problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
        }
    }

    private async Task<string> BackedUpAsync(TestTenant tenant) => (await BackupOperations.BackUpAsync(api.Services, tenant.Slug, [], CancellationToken.None))!.Value.Path;

    private static string Copy(string file, string name)
    {
        var copy = $"{file}-{name}.zip";
        File.Copy(file, copy);
        return copy;
    }
}
