using Tessera.Kernel.Tests.Backup;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Host;

/// <summary><c>backup</c>, <c>verify</c> and <c>restore</c> as an operator runs them, beside the running host.</summary>
public sealed class BackupCommandTests(HostProcess host) : IClassFixture<HostProcess>
{
    [Fact]
    public async Task An_operator_backs_up_verifies_looks_and_restores()
    {
        var (_, slug, admin) = await host.FoundAsync();
        var candidate = await admin.AddCandidateAsync("Lost Person");

        var backedUp = await host.RunAsync("backup", slug, "--format", "csv", "json");
        var file = backedUp.Text.Split('\n')[0].Trim();
        Assert.True(backedUp.Code == 0 && File.Exists(file), backedUp.Text);
        var entries = BackupSteps.EntriesOf(await File.ReadAllBytesAsync(file));
        Assert.Contains("Lost Person", entries["readable/recruiting-candidates.csv"], StringComparison.Ordinal);
        Assert.Contains("readable/users.json", entries.Keys);
        var verified = await host.RunAsync("verify", file);
        Assert.True(verified.Code == 0 && verified.Text.StartsWith("Intact: ", StringComparison.Ordinal), verified.Text);

        await host.SqlAsync("delete from recruiting.candidate where id = $1", candidate.Id);
        var looked = await host.RunAsync("restore", slug, file, "--dry-run");
        Assert.True(looked.Code == 0 && looked.Text.StartsWith("1 would be added, 0 changed", StringComparison.Ordinal), looked.Text);
        (await admin.Get($"recruiting/candidates/{candidate.Id}")).Must(404);
        var restored = await host.RunAsync("restore", slug, file, "--noun", "recruiting/candidates");
        Assert.True(restored.Code == 0 && restored.Text.StartsWith("Restored: 1 added", StringComparison.Ordinal), restored.Text);
        Assert.Equal("Lost Person", (await admin.Get($"recruiting/candidates/{candidate.Id}")).Must(200)["fullName"].GetString());
        Assert.Contains((await admin.Get("backup/log")).Must(200).Items, line => line.GetProperty("event").GetString() == "restored" && line.GetProperty("actor").GetProperty("name").GetString() == "Operator");
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_a_sentence_and_ends_with_code_1()
    {
        var (_, slug, _) = await host.FoundAsync();
        var damaged = Path.Combine(host.DataFolder, "damaged.zip");
        await File.WriteAllBytesAsync(damaged, new byte[400]);

        // One of each way to end: what they say of which archive is asked in BackupOperationsTests, without a process for each.
        foreach (var (arguments, sentence) in new (string[], string)[]
        {
            (["backup", "nobody"], "There is no workspace 'nobody'."),
            (["backup", slug, "--format", "docx"], "docx"),
            (["restore", slug, damaged + ".gone"], "There is no such file."),
            (["restore", slug, damaged], "truncated or no archive"),
            (["verify", damaged], "This backup is damaged."),
        })
        {
            var (code, text) = await host.RunAsync(arguments);
            Assert.True(code == 1 && text.Contains(sentence, StringComparison.Ordinal) && !text.Contains("   at ", StringComparison.Ordinal), $"{string.Join(' ', arguments)}: {code} {text}");
        }
    }
}
